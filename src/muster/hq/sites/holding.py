"""What a site may hold: bodies of which it may hold none stay where they are, and only their digest travels."""

from dataclasses import dataclass
from typing import Final

from muster.disclosure.labels import EVERY_NATION, Label, Marking


@dataclass(frozen=True, slots=True)
class Holds:
    """What a site may hold.

    Attributes
    ----------
    highest
        The most sensitive marking.
    principals
        Nations, and the headquarters, whose things it may hold, and what is released to them; None where it may hold
        everything, as a seat does.
    """

    highest: Marking
    principals: frozenset[str] | None

    def may_hold(self, label: Label) -> bool:
        """Whether the site may hold a thing.

        Examples
        --------
        >>> kyiv = Holds(Marking.RESTRICTED, frozenset({"UKR"}))
        >>> kyiv.may_hold(Label("FRA", Marking.RESTRICTED, frozenset({"UKR"})))
        True
        >>> kyiv.may_hold(Label("FRA", Marking.RESTRICTED, frozenset({"POL"})))
        False
        >>> kyiv.may_hold(Label("FRA", Marking.SENSITIVE, frozenset({"UKR"})))
        False
        """
        markings = list(Marking)
        if markings.index(label.marking) > markings.index(self.highest):
            return False
        if self.principals is None or EVERY_NATION in label.releasable_to:
            return True
        return bool(self.principals & ({label.owner} | label.releasable_to))


EVERYTHING: Final = Holds(Marking.SENSITIVE, None)
"""What a site may hold that can be the seat."""
