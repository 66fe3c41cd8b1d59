"""The header of an event: what everybody may know of it, and what the chain is made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import UUID

from muster.disclosure.labels import Label
from muster.hq.records.canonical import LARGEST_NUMBER, Json
from muster.hq.records.clock import HybridTime

DIGEST_BYTES: Final = 32
"""Length of a SHA-256 digest."""
_SITE: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_NAMES: Final = frozenset(
    {"actor", "body_digest", "label", "object_id", "object_kind", "sequence", "site", "time", "verb"}
)


class EventRefused(ValueError):
    """An event that cannot be recorded or read."""

    def __init__(self, what: str, rule: str, remedy: str) -> None:
        super().__init__(f"Event {what} {rule}; {remedy}.")
        self.what, self.rule = what, rule


def refuse_no_site(site: str) -> None:
    """Refuse a code that is not a site's.

    Raises
    ------
    EventRefused
        When the code is not two to eight capitals and digits that begin with a capital.
    """
    if not _SITE.fullmatch(site):
        raise EventRefused("", f'has site "{site}", which is no code of a site', "write capitals and digits, like KYI")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done: who, what, to which object, when; what changed is in its body.

    Attributes
    ----------
    site
        Code of the site where it was done, such as KYI.
    sequence
        Which event of its site, from 1 without gaps.
    time
        Later than every event of the site before.
    actor
        Post or other principal that did it; never a person's name.
    verb
        What was done, a fact in the past: ``offer_withdrawn``.
    object_kind
        What kind of thing it was done to: ``plans.offer``.
    label
        Who may see the body; the header itself goes to every site.
    body_digest
        SHA-256 of salt and body, 32 bytes.
    """

    site: str
    sequence: int
    time: HybridTime
    actor: str
    verb: str
    object_kind: str
    object_id: UUID
    label: Label
    body_digest: bytes

    def __post_init__(self) -> None:
        """Refuse what could not be written or told apart."""
        refuse_no_site(self.site)
        if isinstance(self.sequence, bool) or not 1 <= self.sequence <= LARGEST_NUMBER:
            raise EventRefused(f"{self.site}#{self.sequence}", "has no place in the journal", "count events from 1")
        if not self.actor or not self.actor.isprintable():
            raise EventRefused(self.place, f"has actor {self.actor!r}", "name the post or principal that acted")
        for word in (self.verb, self.object_kind):
            if not _WORD.fullmatch(word):
                raise EventRefused(self.place, f'has the word "{word}"', "write verb and kind like offer_withdrawn")
        if len(self.body_digest) != DIGEST_BYTES:
            raise EventRefused(
                self.place, f"has a digest of {len(self.body_digest)} bytes", f"give the {DIGEST_BYTES} of SHA-256"
            )

    @property
    def place(self) -> str:
        """Where it stands: ``KYI#101``."""
        return f"{self.site}#{self.sequence}"

    def to_json(self) -> dict[str, Json]:
        """The header as the chain takes it: text and one whole number."""
        return {
            "actor": self.actor,
            "body_digest": self.body_digest.hex(),
            "label": str(self.label),
            "object_id": str(self.object_id),
            "object_kind": self.object_kind,
            "sequence": self.sequence,
            "site": self.site,
            "time": str(self.time),
            "verb": self.verb,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Event of a JSON object.

        Raises
        ------
        EventRefused
            When a part is missing, unknown, of another type, or written in another way than :meth:`to_json` writes it.
        """
        if document.keys() != _NAMES:
            names = ", ".join(sorted(document.keys() ^ _NAMES))
            raise EventRefused("header", f"lacks or has beside the known: {names}", "see docs/formulation/records.md")
        try:
            event = cls(
                document["site"], document["sequence"], HybridTime.parse(document["time"]), document["actor"],
                document["verb"], document["object_kind"], UUID(document["object_id"]), Label.parse(document["label"]),
                bytes.fromhex(document["body_digest"]),
            )  # fmt: skip
        except (TypeError, AttributeError, ValueError) as error:
            raise EventRefused("header", f"has a wrong part ({error})", "see docs/formulation/records.md") from None
        if event.to_json() != document:
            raise EventRefused(event.place, "is written in another way", "see docs/formulation/records.md")
        return event
