"""Saved views behind the boundary."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

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
            name="SavedView",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("saved_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.account")),
            ],
            options={
                "ordering": ("table", "name"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="savedview_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="savedview_masks_are_not_negative",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("account", "table", "name"),
                        name="view_is_named_once_by_its_post",
                    ),
                ],
            },
        ),
        Restrict("saved_savedview"),
    ]
