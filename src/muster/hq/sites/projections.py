"""Who writes what out of the journals: each application registers its own kinds of things."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.module_loading import import_string

from muster.hq.records.body import Body
from muster.hq.records.clock import HybridTime
from muster.hq.records.event import Event
from muster.hq.sites.merging import Conflict, Place

if TYPE_CHECKING:
    from muster.hq.boundary.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Known:
    """An event as this site has it.

    Attributes
    ----------
    body
        None where it was withheld from this site, or purged.
    """

    event: Event
    body: Body | None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.event.site, self.event.sequence)

    @property
    def order(self) -> tuple[HybridTime, str, int]:
        """What events are compared by, at every site alike."""
        return self.event.time, self.event.site, self.event.sequence


@dataclass(frozen=True, slots=True)
class Projected:
    """A thing as it was written, and the writes to it that had not seen each other."""

    thing: "Labelled"
    conflicts: tuple[Conflict, ...]


Project = Callable[[Mapping[uuid.UUID, Sequence[Known]], str], list[Projected]]
"""Writes things of one kind out of their events, by a connection that is named."""
_OF_KIND: Final[dict[str, str]] = {}


def register(kind: str, where: str) -> None:
    """Make known who writes things of a kind.

    Parameters
    ----------
    kind
        As events name it: ``scenario.row``.
    where
        Module and name of a :data:`Project`.
    """
    if _OF_KIND.setdefault(kind, where) != where:
        raise ValueError(f'Things of kind "{kind}" are written by {_OF_KIND[kind]} already.')


def find_projection(kind: str) -> Project | None:
    """Who writes things of a kind; None where their events are kept and nothing is made of them yet."""
    where = _OF_KIND.get(kind)
    if where is None:
        return None
    found: Project = import_string(where)
    return found
