"""What an event says, apart from its header: it can be withheld or purged, and the chain still holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Self

from muster.hq.records.canonical import LARGEST_NUMBER, Json, canonical_json

SALT_BYTES: Final = 16
"""Length of a salt. Without one a short body could be guessed from its digest."""


class BodyRefused(ValueError):
    """A body that cannot be recorded or read."""

    def __init__(self, what: str, rule: str, remedy: str) -> None:
        super().__init__(f"Body of an event: {what} {rule}; {remedy}.")
        self.what, self.rule = what, rule


class Absence(StrEnum):
    """Why a body is not there."""

    WITHHELD = "withheld"
    """The reader may not have it; others do."""
    PURGED = "purged"
    """It was taken out everywhere, as after a spill."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the object, before and after.

    Attributes
    ----------
    before, after
        Value, None where there is none.
    base_version
        Version of the object that the writer had before its eyes; 0 where the event makes the object.
    """

    field: str
    before: Json
    after: Json
    base_version: int

    def __post_init__(self) -> None:
        """Refuse a change of nothing, or of a version that cannot be."""
        if not self.field:
            raise BodyRefused("a change", "names no field", "name the field that changed")
        if not _is_count(self.base_version, 0):
            raise BodyRefused(
                f'field "{self.field}"', f"has base version {self.base_version!r}", "count versions from 1, none as 0"
            )


@dataclass(frozen=True, slots=True)
class Body:
    """What an event says.

    Attributes
    ----------
    changes
        Fields that changed, each once.
    seen
        Site and last sequence of it that the writer had seen; sites never seen are left out.
    facts
        What else is told, by name.
    """

    changes: tuple[Change, ...] = ()
    seen: Mapping[str, int] = dataclass_field(default_factory=dict)
    facts: Mapping[str, Json] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a field that changes twice, and sequences that cannot be."""
        names = [change.field for change in self.changes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BodyRefused(f"field {', '.join(twice)}", "changes more than once", "record first and last value only")
        for site, sequence in self.seen.items():
            if not _is_count(sequence, 1):
                raise BodyRefused(f"seen {site}", f"is {sequence!r}", "sequences count from 1, leave unseen sites out")

    def to_json(self) -> dict[str, Json]:
        """The body as its digest takes it."""
        changes: list[Json] = [
            {"after": c.after, "base_version": c.base_version, "before": c.before, "field": c.field}
            for c in self.changes
        ]
        return {"changes": changes, "facts": self.facts, "seen": self.seen}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Body of a JSON object.

        Raises
        ------
        BodyRefused
            When a part is missing, unknown or of another type.
        """
        try:
            changes = tuple(Change(**change) for change in document["changes"])
            body = cls(changes, dict(document["seen"]), dict(document["facts"]))
        except (KeyError, TypeError, ValueError) as error:
            raise BodyRefused(
                "its JSON", f"has a part missing or wrong ({error})", "see docs/formulation/records.md"
            ) from None
        if len(document) != 3:
            raise BodyRefused("its JSON", "has parts that are not known", "see docs/formulation/records.md")
        return body


@dataclass(frozen=True, slots=True)
class SaltedBody:
    """A body with its salt; both go when the body goes, or short bodies could be guessed.

    Attributes
    ----------
    salt
        Random bytes, :data:`SALT_BYTES` of them, new for each event.
    """

    salt: bytes
    body: Body

    def __post_init__(self) -> None:
        """Refuse a salt of another length."""
        if len(self.salt) != SALT_BYTES:
            raise BodyRefused("its salt", f"has {len(self.salt)} bytes", f"give {SALT_BYTES} random bytes")

    def digest(self) -> bytes:
        """SHA-256 of the salt and the JSON text of the body; 32 bytes.

        Raises
        ------
        NotCanonical
            When a value in the body has no single JSON text.
        """
        return sha256(self.salt + canonical_json(self.body.to_json())).digest()


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST_NUMBER
