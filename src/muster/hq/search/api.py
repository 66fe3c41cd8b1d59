"""For programs: searching."""

import uuid
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from muster.hq.access.reading import take_out
from muster.hq.answers import account_of
from muster.hq.marking import banner_of
from muster.hq.search.queries import SHORTEST, Group, search
from muster.hq.shapes import LabelOut
from muster.hq.wrong import WRONG

router = Router(tags=["search"])
_Text = Annotated[str, Field(min_length=SHORTEST, description="Text to look for.")]


class HitOut(Schema):
    """One thing that was found."""

    kind: str = Field(description="row, version or document.")
    object_id: uuid.UUID | None
    what: str
    where: str = Field(description="The text around what was looked for.")
    label: LabelOut


class GroupOut(Schema):
    """Things of one table, versions, documents, or records: the first of them, and how many there are."""

    name: str
    title: str
    count: int
    hits: list[HitOut]

    @classmethod
    def of(cls, group: Group) -> "GroupOut":
        """A group with its hits."""
        hits = [
            HitOut(
                kind=hit.kind, object_id=hit.object_id, what=hit.what, where=hit.where, label=LabelOut.of(hit.label)
            )
            for hit in group.hits
        ]  # fmt: skip
        return cls(name=group.name, title=group.title, count=group.count, hits=hits)


class FoundOut(Schema):
    """What holds a text, and the marking of all that is shown."""

    groups: list[GroupOut]
    marking: str


@router.get("/search", response={200: FoundOut, **WRONG}, operation_id="search")
def found(request: HttpRequest, q: _Text) -> FoundOut:
    """What holds a text, of all that you may see: the first ten of each table, of versions, documents and records."""
    groups = search(q.strip())
    hits = [hit for group in groups for hit in group.hits]
    take_out(account_of(request), len(hits), at=timezone.now())
    return FoundOut(groups=[GroupOut.of(group) for group in groups], marking=banner_of(hit.label for hit in hits))
