"""The journal, behind the boundary."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from muster.hq.boundary.schema import SEALING, Restrict


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [("boundary", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("site", models.CharField(max_length=8)),
                ("sequence", models.PositiveBigIntegerField()),
                ("time", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_id", models.UUIDField()),
                ("body_digest", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ("-site", "-sequence"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CheckpointRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=8)),
                ("sequence", models.PositiveBigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="SealRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=8)),
                ("sequence", models.PositiveBigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("last_sequence", models.PositiveBigIntegerField(default=0)),
                ("last_time", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="BodyRow",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="body",
                        serialize=False,
                        to="records.eventrow",
                    ),
                ),
                ("salt", models.BinaryField(max_length=16)),
                ("content", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="eventrow",
            index=models.Index(fields=["object_id", "sequence"], name="records_eve_object__91ae99_idx"),
        ),
        migrations.AddConstraint(
            model_name="eventrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="eventrow_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="eventrow_masks_are_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventrow",
            constraint=models.UniqueConstraint(fields=("site", "sequence"), name="event_has_its_own_place"),
        ),
        migrations.AddConstraint(
            model_name="checkpointrow",
            constraint=models.UniqueConstraint(fields=("site", "sequence"), name="checkpoint_is_signed_once"),
        ),
        migrations.AddConstraint(
            model_name="sealrow",
            constraint=models.UniqueConstraint(fields=("site", "sequence"), name="event_is_sealed_once"),
        ),
        migrations.AddConstraint(
            model_name="bodyrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="bodyrow_marking_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)), name="bodyrow_masks_are_not_negative"
            ),
        ),
        Restrict("records_eventrow", append_only=True),
        Restrict("records_bodyrow", append_only=True),
        migrations.RunSQL(SEALING),
    ]
