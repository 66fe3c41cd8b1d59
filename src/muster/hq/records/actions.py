"""Writing the journal: called by every action, inside its transaction."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings

from muster.hq.boundary.labelled import Labelled
from muster.hq.people.queries import bits
from muster.hq.records.body import SALT_BYTES, Body, Change, SaltedBody
from muster.hq.records.canonical import canonical_json
from muster.hq.records.clock import HybridTime, tick
from muster.hq.records.event import Event
from muster.hq.records.models import BodyRow, EventRow, Site


class Actor(Protocol):
    """Who acts."""

    def get_username(self) -> str:
        """Give the code of the post."""


def record(*, by: Actor, verb: str, about: Labelled, changes: Sequence[Change], at: datetime) -> Event:
    """Write an event about a labelled object, under its label; the transaction of the caller holds both.

    Events of a site come one after the other: whoever writes waits until who wrote before is done.
    """
    site = Site.objects.select_for_update().get(code=settings.SITE)
    last = HybridTime.parse(site.last_time) if site.last_time else None
    body = SaltedBody(secrets.token_bytes(SALT_BYTES), Body(tuple(changes)))
    event = Event(
        site=site.code,
        sequence=site.last_sequence + 1,
        time=tick(last, int(at.timestamp() * 1000)),
        actor=by.get_username(),
        verb=verb,
        object_kind=about.kind,
        object_id=about.pk,
        label=about.label(bits()),
        body_digest=body.digest(),
    )
    site.last_sequence, site.last_time = event.sequence, str(event.time)
    site.save(update_fields=["last_sequence", "last_time"])
    row = EventRow.of(event, at=at)
    row.copy_label(about)
    row.save(force_insert=True)
    kept = BodyRow(event=row, salt=body.salt, content=canonical_json(body.body.to_json()).decode())
    kept.copy_label(about)
    kept.save(force_insert=True)
    return event
