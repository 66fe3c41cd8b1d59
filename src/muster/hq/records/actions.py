"""Writing the journal: called by every action, inside its transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from django.conf import settings

from muster.hq.boundary.labelled import Labelled
from muster.hq.people.queries import bits
from muster.hq.records.body import SALT_BYTES, Body, Change, SaltedBody
from muster.hq.records.canonical import Json, canonical_json
from muster.hq.records.clock import HybridTime, tick
from muster.hq.records.event import Event
from muster.hq.records.models import BodyRow, EventRow, Site

KEY_FACT: Final = "key"
"""Fact of a body that names the key of the program that acted."""
_AT_ONCE: Final = 1000
"""Events that go to the database in one statement."""


class Actor(Protocol):
    """Who acts.

    Attributes
    ----------
    key_name
        Key of the program that acts for the post; empty for whoever signed in.
    """

    key_name: str

    def get_username(self) -> str:
        """Give the code of the post."""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to one labelled object.

    Attributes
    ----------
    facts
        What another site needs beside the changes to have the object too.
    """

    verb: str
    about: Labelled
    changes: Sequence[Change]
    facts: Mapping[str, Json] = field(default_factory=dict)


def record(
    *, by: Actor, verb: str, about: Labelled, changes: Sequence[Change], at: datetime,
    facts: Mapping[str, Json] | None = None,
) -> Event:  # fmt: skip
    """Write an event about a labelled object, under its label; the transaction of the caller holds both."""
    return record_all(by=by, acts=[Act(verb, about, changes, facts or {})], at=at)[0]


def record_all(*, by: Actor, acts: Sequence[Act], at: datetime) -> list[Event]:
    """Write an event for each act, in their order.

    Events of a site come one after the other: whoever writes waits until who wrote before is done.
    """
    site = Site.objects.select_for_update().get(code=settings.SITE)
    last = HybridTime.parse(site.last_time) if site.last_time else None
    labels, seen = bits(), _seen()
    events: list[Event] = []
    rows: list[EventRow] = []
    bodies: list[BodyRow] = []
    facts = {KEY_FACT: by.key_name} if by.key_name else {}
    for act in acts:
        body = SaltedBody(secrets.token_bytes(SALT_BYTES), Body(tuple(act.changes), seen, {**act.facts, **facts}))
        last = tick(last, int(at.timestamp() * 1000))
        event = Event(
            site=site.code,
            sequence=site.last_sequence + 1,
            time=last,
            actor=by.get_username(),
            verb=act.verb,
            object_kind=act.about.object_kind,
            object_id=act.about.pk,
            label=act.about.label(labels),
            body_digest=body.digest(),
        )
        site.last_sequence, site.last_time = event.sequence, str(event.time)
        row = EventRow.of(event, at=at)
        kept = BodyRow(event=row, salt=body.salt, content=canonical_json(body.body.to_json()).decode())
        row.copy_label(act.about)
        kept.copy_label(act.about)
        events.append(event)
        rows.append(row)
        bodies.append(kept)
    site.save(update_fields=["last_sequence", "last_time"])
    EventRow.objects.bulk_create(rows, _AT_ONCE)
    BodyRow.objects.bulk_create(bodies, _AT_ONCE)
    return events


def _seen() -> dict[str, int]:
    """Last sequence of each other site that is here: what whoever writes now can have seen."""
    others = Site.objects.exclude(code=settings.SITE).filter(last_sequence__gt=0)
    return dict(others.values_list("code", "last_sequence"))
