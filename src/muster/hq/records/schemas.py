"""What programs are given about the journal."""

import uuid
from datetime import datetime

from ninja import Schema
from pydantic import Field

from muster.hq.records.models import EventRow
from muster.hq.records.queries import ToldEvent
from muster.hq.shapes import LabelOut


class ChangeOut(Schema):
    """A field before and after; empty is nothing."""

    field: str
    before: str | int | bool
    after: str | int | bool


class DoneOut(Schema):
    """One thing that was done: who, what, when."""

    place: str = Field(description="Site and sequence, as PAR#12.")
    at: datetime
    actor: str = Field(description="Post that did it.")
    key: str = Field(description="Key of the program that acted for the post; empty where somebody did who signed in.")
    verb: str
    changes: list[ChangeOut]
    is_absent: bool = Field(description="Whether what it said is not here: kept no more, or kept from this site.")

    @classmethod
    def of(cls, event: ToldEvent) -> "DoneOut":
        """An event as it is told."""
        changes = [ChangeOut.model_validate(change, from_attributes=True) for change in event.changes]
        return cls(
            place=event.place, at=event.at, actor=event.actor, key=event.key, verb=event.code, changes=changes,
            is_absent=event.is_absent,
        )  # fmt: skip


class EventOut(Schema):
    """One thing that was done, to which object, and who may know."""

    done: DoneOut
    object_kind: str
    object_id: uuid.UUID
    label: LabelOut

    @classmethod
    def of(cls, row: EventRow, told: ToldEvent, bits: dict[str, int]) -> "EventOut":
        """A row of the journal, and what it tells."""
        return cls(
            done=DoneOut.of(told),
            object_kind=row.object_kind,
            object_id=row.object_id,
            label=LabelOut.of(row.label(bits)),
        )


class EventsOut(Schema):
    """A page of the journal, and the marking of everything on it."""

    events: list[EventOut]
    count: int = Field(description="Events on all pages.")
    page: int
    pages: int
    marking: str
