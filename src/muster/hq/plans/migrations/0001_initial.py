"""Plans, their lines, files and opinions, behind the boundary."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from muster.hq.boundary.schema import Restrict


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [("boundary", "0001_initial"), ("scenario", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=[("matching", "matching"), ("deployment", "deployment")], max_length=20),
                ),
                ("title", models.CharField(max_length=160)),
                ("case", models.CharField(max_length=80)),
                ("inputs", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "made"),
                            ("in review", "in review"),
                            ("proposed", "proposed for release"),
                            ("released", "released"),
                            ("set aside", "set aside"),
                        ],
                        default="made",
                        max_length=20,
                    ),
                ),
                ("proposed_by", models.CharField(blank=True, max_length=40)),
                ("released_by", models.CharField(blank=True, max_length=40)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("-made_at",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("agrees", "agrees"), ("objects", "objects"), ("remarks", "remarks")], max_length=20
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-at",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("content", models.BinaryField()),
            ],
            options={
                "ordering": ("name",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("nation", models.CharField(max_length=3)),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=240)),
                ("start_d", models.FloatField(blank=True, null=True)),
                ("end_d", models.FloatField(blank=True, null=True)),
                ("late_d", models.FloatField(default=0)),
                ("told", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("nation", "key"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Released",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("for_whom", models.CharField(max_length=3)),
                ("name", models.CharField(max_length=80)),
                ("content", models.BinaryField()),
            ],
            options={
                "ordering": ("for_whom", "name"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Making",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="making",
                        serialize=False,
                        to="plans.plan",
                    ),
                ),
                ("asked", models.JSONField(default=dict)),
                ("figures", models.JSONField(default=dict)),
                ("findings", models.PositiveIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="plan_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="plan_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by", ""),
                    models.Q(
                        models.Q(("proposed_by", ""), _negated=True),
                        models.Q(("released_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="plan_is_released_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", False), ("state", "released")),
                    models.Q(models.Q(("state", "released"), _negated=True), ("released_at__isnull", True)),
                    _connector="OR",
                ),
                name="plan_that_is_released_has_its_time",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="plans.plan"
            ),
        ),
        migrations.AddField(
            model_name="planfile",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="plans.plan"),
        ),
        migrations.AddField(
            model_name="planline",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="plans.plan"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="line",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="plans.planline"
            ),
        ),
        migrations.AddField(
            model_name="released",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="released_forms", to="plans.plan"
            ),
        ),
        migrations.AddField(
            model_name="making",
            name="of_version",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="scenario.version"
            ),
        ),
        migrations.AddConstraint(
            model_name="planfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="planfile_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="planfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="planfile_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="planfile",
            constraint=models.UniqueConstraint(fields=("plan", "name"), name="plan_has_a_file_once"),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="planline_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="planline_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.UniqueConstraint(fields=("plan", "key"), name="plan_has_a_line_once"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="opinion_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="opinion_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", "agrees"), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="objection_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="released",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="released_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="released",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="released_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="released",
            constraint=models.UniqueConstraint(
                fields=("plan", "for_whom", "name"), name="plan_has_a_released_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="making",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="making_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="making",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="making_masks_are_not_negative"
            ),
        ),
        Restrict("plans_plan"),
        Restrict("plans_making"),
        Restrict("plans_planfile"),
        Restrict("plans_planline"),
        Restrict("plans_opinion"),
        Restrict("plans_released"),
    ]
