"""Notices, each behind the boundary of its account."""

import uuid

from django.db import migrations, models

from muster.hq.boundary.schema import RestrictToAccount


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [("boundary", "0002_numbers_read_once")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account", models.BigIntegerField()),
                ("sender", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("job_done", "%(job)s is done."),
                            ("job_failed", "%(job)s failed."),
                            ("job_stopped", "%(job)s was stopped."),
                        ],
                        max_length=40,
                    ),
                ),
                ("told", models.JSONField(default=dict)),
                ("link", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-at", "id"),
                "indexes": [
                    models.Index(fields=["account", "-at"], name="notice_of_account"),
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)), fields=["account"], name="notice_not_seen"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="notice_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link__regex", "^/[^/]")), name="notice_leads_to_a_page_here"
                    ),
                ],
            },
        ),
        RestrictToAccount("notices_notice", changing="seen_at"),
    ]
