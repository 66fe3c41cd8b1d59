"""Reads of the journal: the boundary leaves only what the viewer may see."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from muster.hq.records.actions import KEY_FACT
from muster.hq.records.models import EventRow
from muster.hq.records.verbs import in_words

_ABSENT: Final[Mapping[str, Any]] = {"changes": [], "facts": {}}
"""Stands for a body that is kept no more, or was kept from this site."""


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
    key
        Key of the program that acted for the post; empty where somebody did who signed in.
    is_absent
        Whether what it said is not here: kept no more, or kept from this site.
    """

    place: str
    at: datetime
    actor: str
    code: str
    verb: str
    key: str
    changes: tuple[ToldChange, ...]
    is_absent: bool = False


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
            key=body["facts"].get(KEY_FACT, ""),
            changes=_changes(body["changes"]),
            is_absent=body is _ABSENT,
        )
        for event, body in ((event, _body(event)) for event in events)
    ]


def _body(event: EventRow) -> Mapping[str, Any]:
    return json.loads(event.body.content) if hasattr(event, "body") else _ABSENT


def _changes(changes: list[dict[str, object]]) -> tuple[ToldChange, ...]:
    """Changes of an event; what was not said before and is not said now is left out."""
    told = (ToldChange(str(change["field"]), _told(change["before"]), _told(change["after"])) for change in changes)
    return tuple(change for change in told if change.before or change.after)


def _told(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else value
