"""What can be done to an offer. Each action is one transaction and leaves one event in the journal."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from muster.disclosure.labels import Label
from muster.forces import OfferStatus
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.plans.choices import Verb
from muster.hq.plans.models import Offer
from muster.hq.plans.rules import may_change, may_label
from muster.hq.records.actions import record
from muster.hq.records.body import Change

FIELDS: Final = (
    "offer_id", "name", "capability", "size", "quantity", "in_place_max", "unit_type", "people", "notice_days",
    "available_from", "available_until", "place_allowed", "gates", "status", "has", "tour_max_months", "home",
    "said_on", "source",
)  # fmt: skip
"""Fields that a nation may set."""


class OfferRefused(Exception):
    """An action that the rules do not allow."""


class OfferAlreadyWithdrawn(OfferRefused):
    """An offer that is not there any more."""


class OfferChangedMeanwhile(Exception):
    """Somebody else saved the offer first.

    Attributes
    ----------
    offer
        As it is now.
    """

    def __init__(self, offer: Offer) -> None:
        super().__init__(
            f'Offer "{offer.offer_id}" has changed since it was opened: it has version {offer.version} now.'
        )
        self.offer = offer


@transaction.atomic
def enter_offer(*, owner: str, values: Mapping[str, Any], label: Label, by: Account, at: datetime) -> Offer:
    """Enter an offer of a nation.

    Raises
    ------
    OfferRefused
        When the account may not enter offers of the nation.
    """
    offer = Offer(id=uuid.uuid4(), owner=owner, changed_at=at, **{field: values[field] for field in FIELDS})
    offer.put_label(label, bits())
    if not may_change(by, offer):
        raise OfferRefused(f"Only {owner} enters offers of {owner}.")
    offer.save(force_insert=True)
    changes = tuple(Change(field, None, values[field], 0) for field in FIELDS)
    record(by=by, verb=Verb.ENTERED, about=offer, changes=changes, at=at)
    return offer


@transaction.atomic
def change_offer(*, offer: uuid.UUID, version: int, values: Mapping[str, Any], by: Account, at: datetime) -> Offer:
    """Set fields of an offer; a save that changes nothing leaves no event.

    Parameters
    ----------
    version
        Version that whoever changes it had before them.

    Raises
    ------
    OfferChangedMeanwhile
        When somebody else saved it first.
    OfferRefused
        When the account may not.
    """
    return _change(offer, version, values, Verb.CHANGED, by, at)


@transaction.atomic
def withdraw_offer(*, offer: uuid.UUID, version: int, by: Account, at: datetime) -> Offer:
    """Withdraw an offer: it stays on record, and is matched no more.

    Raises
    ------
    OfferAlreadyWithdrawn
        When it is.
    OfferChangedMeanwhile, OfferRefused
        As for :func:`change_offer`.
    """
    return _change(offer, version, {"status": OfferStatus.WITHDRAWN.value}, Verb.WITHDRAWN, by, at)


@transaction.atomic
def release_offer(*, offer: uuid.UUID, version: int, label: Label, by: Account, at: datetime) -> Offer:
    """Change who may see an offer; only its owner does.

    Raises
    ------
    OfferChangedMeanwhile, OfferRefused
        As for :func:`change_offer`.
    """
    found = _locked(offer, version)
    if not may_label(by, found) or label.owner != found.owner:
        raise OfferRefused(f'Only {found.owner} says who may see offer "{found.offer_id}".')
    of_code = bits()
    before = str(found.label(of_code))
    found.put_label(label, of_code)
    change = Change("label", before, str(found.label(of_code)), found.version)
    return _saved(found, (change,), Verb.RELEASED, by, at)


def _change(offer: uuid.UUID, version: int, values: Mapping[str, Any], verb: Verb, by: Account, at: datetime) -> Offer:
    found = _locked(offer, version)
    if not may_change(by, found):
        raise OfferRefused(f'Only {found.owner} changes offer "{found.offer_id}".')
    if verb == Verb.WITHDRAWN and found.status == OfferStatus.WITHDRAWN:
        raise OfferAlreadyWithdrawn(f'Offer "{found.offer_id}" is withdrawn already.')
    changes = tuple(
        Change(field, getattr(found, field), value, found.version)
        for field, value in values.items()
        if getattr(found, field) != value
    )
    for change in changes:
        setattr(found, change.field, change.after)
    return _saved(found, changes, verb, by, at) if changes else found


def _locked(offer: uuid.UUID, version: int) -> Offer:
    found = Offer.objects.select_for_update().get(pk=offer)
    if found.version != version:
        raise OfferChangedMeanwhile(found)
    return found


def _saved(offer: Offer, changes: tuple[Change, ...], verb: Verb, by: Account, at: datetime) -> Offer:
    offer.version += 1
    offer.changed_at = at
    offer.save(force_update=True)
    record(by=by, verb=verb, about=offer, changes=changes, at=at)
    return offer
