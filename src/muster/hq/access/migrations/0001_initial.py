"""Keys of programs behind the boundary, and what posts have taken out."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from muster.hq.access.schema import HOLDER_FUNCTION
from muster.hq.boundary.schema import Restrict


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [
        ("boundary", "0002_numbers_read_once"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProgramKey",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("scope", models.CharField(choices=[("read", "read"), ("write", "read and write")], max_length=5)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.account")),
            ],
            options={
                "ordering": ("-made_at",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="programkey_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="programkey_masks_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("made_at")),
                            (
                                "expires_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("made_at"), "+", models.Value(datetime.timedelta(days=90))
                                ),
                            ),
                        ),
                        name="programkey_expires_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "write"])), name="programkey_scope_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("rows", models.PositiveIntegerField()),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.account")),
            ],
            options={
                "indexes": [models.Index(fields=["account", "at"], name="access_read_account_5f1350_idx")],
            },
        ),
        Restrict("access_programkey"),
        migrations.RunSQL(HOLDER_FUNCTION),
    ]
