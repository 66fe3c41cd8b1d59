"""Labels: whose a thing is, how it is marked, and to whom it may be released."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

EVERY_NATION: Final = "ALL"
"""Stands in a releasable-to list for every nation."""
_NATION: Final = re.compile(r"[A-Z]{3}")


class Marking(StrEnum):
    """How sensitive a thing is, least first; Muster's own words, not a classification scheme of any nation."""

    OPEN = "open"
    RESTRICTED = "restricted"
    SENSITIVE = "sensitive"


class LabelRefused(ValueError):
    """A label that cannot be read."""

    def __init__(self, text: str, rule: str) -> None:
        super().__init__(f'Label "{text}" {rule}; write it like FRA/restricted/FRA+GBR or GBR/open/ALL.')
        self.text, self.rule = text, rule


@dataclass(frozen=True, slots=True)
class Label:
    """Whose a thing is, how it is marked, and to whom it may be released.

    Attributes
    ----------
    owner
        ISO 3166-1 alpha-3 code of the nation that owns the thing and alone may change its label.
    releasable_to
        Nations that may see it beside its owner; :data:`EVERY_NATION` alone is everyone.
    """

    owner: str
    marking: Marking
    releasable_to: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse codes that are no nations, and a list that names everyone and someone."""
        named = {self.owner, *self.releasable_to} - {EVERY_NATION}
        wrong = sorted(code for code in named if not _NATION.fullmatch(code))
        if wrong or self.owner == EVERY_NATION:
            raise LabelRefused(str(self), f"names {', '.join(wrong) or EVERY_NATION}, which is not a nation")
        if EVERY_NATION in self.releasable_to and len(self.releasable_to) > 1:
            raise LabelRefused(str(self), f"names {EVERY_NATION} and single nations")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``FRA/restricted/FRA+GBR``.

        Raises
        ------
        LabelRefused
            When a part is missing or not known.
        """
        parts = text.strip().split("/")
        if len(parts) != 3:
            raise LabelRefused(text, "does not have three parts")
        owner, marking, nations = parts
        if marking not in set(Marking):
            raise LabelRefused(text, f'has marking "{marking}", which is not one of {", ".join(Marking)}')
        return cls(owner, Marking(marking), frozenset(nations.split("+")) if nations else frozenset())

    def __str__(self) -> str:
        """Give the form that :meth:`parse` reads."""
        return f"{self.owner}/{self.marking}/{'+'.join(sorted(self.releasable_to))}"

    def is_releasable_to(self, nation: str) -> bool:
        """Whether a nation may see the thing."""
        return nation == self.owner or EVERY_NATION in self.releasable_to or nation in self.releasable_to
