"""Offers, behind the boundary."""

import uuid

import django.core.validators
from django.db import migrations, models

from muster.hq.boundary.schema import Restrict


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = [("boundary", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("owner", models.CharField(max_length=3)),
                ("marking", models.SmallIntegerField(choices=[(0, "open"), (1, "restricted"), (2, "sensitive")])),
                ("rel_low", models.BigIntegerField()),
                ("rel_high", models.BigIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("offer_id", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=160)),
                ("capability", models.CharField(max_length=80)),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("team", "team"),
                            ("company", "company"),
                            ("battalion", "battalion"),
                            ("brigade", "brigade"),
                            ("headquarters", "headquarters"),
                            ("squadron", "squadron"),
                            ("ship", "ship"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "quantity",
                    models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)]),
                ),
                ("in_place_max", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("unit_type", models.CharField(blank=True, max_length=80)),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
                ("notice_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("available_from", models.CharField(blank=True, max_length=20)),
                ("available_until", models.CharField(blank=True, max_length=20)),
                (
                    "place_allowed",
                    models.CharField(
                        choices=[
                            ("in country", "in country"),
                            ("neighbour only", "neighbour only"),
                            ("home only", "home only"),
                        ],
                        max_length=20,
                    ),
                ),
                ("gates", models.JSONField(blank=True, default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("statement", "statement"),
                            ("pledge", "pledge"),
                            ("formal", "formal"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("has", models.JSONField(blank=True, default=list)),
                ("tour_max_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("home", models.CharField(blank=True, max_length=80)),
                ("disputes", models.CharField(blank=True, max_length=40)),
                ("said_on", models.CharField(blank=True, max_length=20)),
                ("source", models.CharField(blank=True, max_length=160)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("owner", "offer_id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("marking__gte", 0), ("marking__lt", 3)), name="offer_marking_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rel_high__gte", 0), ("rel_low__gte", 0)),
                        name="offer_masks_are_not_negative",
                    ),
                    models.UniqueConstraint(fields=("owner", "offer_id"), name="offer_id_is_unique_for_its_owner"),
                    models.CheckConstraint(condition=models.Q(("quantity__gte", 1)), name="offer_has_a_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_place_max__isnull", True),
                            models.Q(("in_place_max__gte", 1), ("in_place_max__lte", models.F("quantity"))),
                            _connector="OR",
                        ),
                        name="offer_in_place_max_is_within_its_units",
                        violation_error_message="No more units may be in place at one time than there are.",
                    ),
                ],
            },
        ),
        Restrict("plans_offer"),
    ]
