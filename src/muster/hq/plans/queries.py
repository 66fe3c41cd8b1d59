"""Reads of offers: the boundary leaves only what the viewer may see, whatever is asked."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from muster.hq.plans.models import Offer


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """What a list is narrowed to; what is empty does not narrow it."""

    text: str = ""
    owner: str = ""
    status: str = ""


def list_offers(narrowed: OfferFilter = OfferFilter()) -> QuerySet[Offer]:
    """Offers that the viewer may see."""
    found = Offer.objects.all()
    if narrowed.text:
        fields = ("offer_id", "name", "capability")
        asked = Q()
        for field in fields:
            asked |= Q(**{f"{field}__icontains": narrowed.text})
        found = found.filter(asked)
    if narrowed.owner:
        found = found.filter(owner=narrowed.owner)
    if narrowed.status:
        found = found.filter(status=narrowed.status)
    return found
