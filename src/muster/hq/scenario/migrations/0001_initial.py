"""Rows of the scenario, versions and imports, behind the boundary."""

import uuid

from django.db import migrations, models

from muster.hq.boundary.schema import Restrict


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [("boundary", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=160)),
                ("content", models.BinaryField()),
                ("sent_by", models.CharField(max_length=40)),
                ("sent_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("changed", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-sent_at",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="import_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="import_masks_are_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=240)),
                ("cells", models.JSONField(default=dict)),
                ("words", models.TextField(blank=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("table", "position", "owner", "name"),
                "abstract": False,
                "indexes": [
                    models.Index(fields=["table", "position", "owner", "name"], name="scenario_ro_table_936d03_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="row_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="row_masks_are_not_negative"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True), models.Q(("name", ""), _negated=True)),
                        fields=("table", "owner", "name"),
                        name="row_is_named_once_by_its_owner",
                    ),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="row_has_a_version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("rows", models.PositiveIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("files", models.BinaryField()),
            ],
            options={
                "ordering": ("-made_at",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="version_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="version_masks_are_not_negative",
                    ),
                    models.UniqueConstraint(fields=("owner", "number"), name="version_is_numbered_once_by_its_owner"),
                ],
            },
        ),
        Restrict("scenario_row"),
        Restrict("scenario_version", append_only=True),
        Restrict("scenario_import"),
    ]
