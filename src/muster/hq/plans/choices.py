"""Words for offers, as the forces room has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from muster.forces import OfferStatus, PlaceAllowed, Size

STATUSES = [
    (OfferStatus.STATEMENT.value, _("statement")),
    (OfferStatus.PLEDGE.value, _("pledge")),
    (OfferStatus.FORMAL.value, _("formal")),
    (OfferStatus.WITHDRAWN.value, _("withdrawn")),
]
PLACES = [
    (PlaceAllowed.IN_COUNTRY.value, _("in country")),
    (PlaceAllowed.NEIGHBOUR_ONLY.value, _("neighbour only")),
    (PlaceAllowed.HOME_ONLY.value, _("home only")),
]
SIZES = [
    (Size.TEAM.value, _("team")),
    (Size.COMPANY.value, _("company")),
    (Size.BATTALION.value, _("battalion")),
    (Size.BRIGADE.value, _("brigade")),
    (Size.HEADQUARTERS.value, _("headquarters")),
    (Size.SQUADRON.value, _("squadron")),
    (Size.SHIP.value, _("ship")),
]


class Verb(models.TextChoices):
    """What is done to an offer."""

    ENTERED = "offer_entered", _("offer entered")
    CHANGED = "offer_changed", _("offer changed")
    WITHDRAWN = "offer_withdrawn", _("offer withdrawn")
    RELEASED = "offer_released", _("label of an offer changed")
