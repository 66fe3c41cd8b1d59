"""Known sites, and conflicts behind the boundary."""

import uuid

from django.db import migrations, models

from muster.hq.boundary.schema import Restrict

_ONLY_SETTLED = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON hq.sites_knownsite FROM hq_app;
REVOKE INSERT, UPDATE ON hq.sites_conflictrow FROM hq_app;
GRANT UPDATE (settled_by, marking, rel_low, rel_high) ON hq.sites_conflictrow TO hq_app;
GRANT SELECT ON hq.sites_knownsite, hq.records_site TO hq_sync;
"""
"""The application reads sites, and notes that a conflict is settled or its thing has another label.

Whoever takes journals in writes the rest.
"""


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [
        ("boundary", "0002_numbers_read_once"),
        ("people", "0001_initial"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownSite",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("public_key", models.TextField()),
                ("highest", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("principals", models.JSONField(null=True)),
                ("has", models.JSONField(default=dict)),
            ],
            options={"ordering": ("code",)},
        ),
        migrations.CreateModel(
            name="ConflictRow",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("thing_kind", models.CharField(max_length=40)),
                ("thing_id", models.UUIDField()),
                ("field", models.CharField(max_length=60)),
                ("passed_over", models.JSONField()),
                ("standing", models.JSONField()),
                ("settled_by", models.CharField(blank=True, max_length=40)),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("settled_by", "-found_at", "field"),
                "abstract": False,
                "indexes": [models.Index(fields=["thing_id", "field"], name="conflict_of_a_field")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)),
                        name="conflictrow_marking_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="conflictrow_masks_are_not_negative",
                    ),
                ],
            },
        ),
        Restrict("sites_conflictrow"),
        migrations.RunSQL(_ONLY_SETTLED),
    ]
