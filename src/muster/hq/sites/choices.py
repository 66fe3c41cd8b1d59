"""Words for the seat."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from muster.hq.sites.seat import Step


class SeatVerb(models.TextChoices):
    """Steps of a move of the seat, in words."""

    PLANNED = Step.PLANNED.value, _("move of the seat planned")
    FROZEN = Step.FROZEN.value, _("seat frozen")
    PROVED = Step.PROVED.value, _("everything proved to be there")
    SIGNED = Step.SIGNED.value, _("signed")
    ACCEPTED = Step.ACCEPTED.value, _("accepted")
    OPENED = Step.OPENED.value, _("seat opened")
    CALLED_OFF = Step.CALLED_OFF.value, _("move of the seat called off")
