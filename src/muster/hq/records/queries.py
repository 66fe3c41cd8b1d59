"""Reads of the journal: the boundary leaves only what the viewer may see."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from muster.hq.records.models import EventRow
from muster.hq.records.verbs import in_words


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A field before and after."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as a page tells it.

    Attributes
    ----------
    place
        Site and sequence, as ``PAR#12``.
    code
        What was done, as it is recorded.
    verb
        The same in words.
    """

    place: str
    at: datetime
    actor: str
    code: str
    verb: str
    changes: tuple[ToldChange, ...]


def visible_events() -> QuerySet[EventRow]:
    """Events with their bodies, the last first."""
    return EventRow.objects.select_related("body")


def list_events(object_id: uuid.UUID) -> list[ToldEvent]:
    """What was done to an object, the last first."""
    return told_events(visible_events().filter(object_id=object_id))


def told_events(events: Iterable[EventRow]) -> list[ToldEvent]:
    """Events as a page tells them."""
    return [
        ToldEvent(
            place=f"{event.site}#{event.sequence}",
            at=event.at,
            actor=event.actor,
            code=event.verb,
            verb=in_words(event.verb),
            changes=_changes(event),
        )
        for event in events
    ]


def _changes(event: EventRow) -> tuple[ToldChange, ...]:
    """Changes of an event; what was not said before and is not said now is left out."""
    changes = json.loads(event.body.content)["changes"]
    told = (ToldChange(change["field"], _told(change["before"]), _told(change["after"])) for change in changes)
    return tuple(change for change in told if change.before or change.after)


def _told(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else value
