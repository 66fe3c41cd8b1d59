"""Offers as nations enter them."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from muster.hq.boundary.labelled import Labelled
from muster.hq.plans.choices import PLACES, SIZES, STATUSES


class Offer(Labelled):
    """A unit that a nation offers; the fields are those of :class:`muster.forces.Offer`.

    ``version`` counts changes: whoever saves says which version they had before them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer_id = models.CharField(max_length=40)
    name = models.CharField(max_length=160, blank=True)
    capability = models.CharField(max_length=80)
    size = models.CharField(max_length=20, choices=SIZES)
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    in_place_max = models.PositiveSmallIntegerField(null=True, blank=True)
    unit_type = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    available_from = models.CharField(max_length=20, blank=True)
    available_until = models.CharField(max_length=20, blank=True)
    place_allowed = models.CharField(max_length=20, choices=PLACES)
    gates = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=20, choices=STATUSES)
    has = models.JSONField(default=list, blank=True)
    tour_max_months = models.PositiveSmallIntegerField(null=True, blank=True)
    home = models.CharField(max_length=80, blank=True)
    disputes = models.CharField(max_length=40, blank=True)
    said_on = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta(Labelled.Meta):
        ordering = ("owner", "offer_id")
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "offer_id"), name="offer_id_is_unique_for_its_owner"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="offer_has_a_unit"),
            models.CheckConstraint(
                condition=models.Q(in_place_max__isnull=True)
                | models.Q(in_place_max__gte=1, in_place_max__lte=models.F("quantity")),
                name="offer_in_place_max_is_within_its_units",
                violation_error_message=_("No more units may be in place at one time than there are."),
            ),
        ]

    def __str__(self) -> str:
        """Give its id and name."""
        return f"{self.offer_id} {self.name}".strip()

    @classmethod
    def title_of(cls, field: str) -> str:
        """What a field is called on a page."""
        return str(getattr(cls._meta.get_field(field), "verbose_name", field))
