"""Jobs, behind the boundary."""

import uuid

from django.db import migrations, models

from muster.hq.boundary.schema import Restrict
from muster.hq.jobs.claiming import CLAIM_FUNCTION


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [("boundary", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("parameters", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("stopped", "stopped"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                ("fraction", models.FloatField(blank=True, null=True)),
                ("text", models.CharField(blank=True, max_length=300)),
                ("account", models.BigIntegerField()),
                ("asked_by", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("stop_asked_at", models.DateTimeField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("result", models.UUIDField(blank=True, null=True)),
                ("seen", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-asked_at",),
                "abstract": False,
                "indexes": [models.Index(fields=["state", "asked_at"], name="jobs_job_state_61c4b8_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="job_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="job_masks_are_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fraction__isnull", True),
                            models.Q(("fraction__gte", 0), ("fraction__lte", 1)),
                            _connector="OR",
                        ),
                        name="job_is_done_by_a_share",
                    ),
                ],
            },
        ),
        Restrict("jobs_job"),
        migrations.RunSQL(CLAIM_FUNCTION),
    ]
