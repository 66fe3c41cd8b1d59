"""What programs send and are given in every application."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from muster.disclosure.labels import Label

PageNumber = Annotated[int, Field(ge=1, le=10**6, description="Page of the list; the last where there are fewer.")]


class LabelOut(Schema):
    """Whose a thing is, how it is marked, and to whom it is released beside its owner and the headquarters."""

    owner: str
    marking: str
    releasable_to: list[str] = Field(description="Codes of nations, or ALL alone for every nation.")

    @classmethod
    def of(cls, label: Label) -> "LabelOut":
        """A label."""
        return cls(owner=label.owner, marking=label.marking.value, releasable_to=sorted(label.releasable_to))
