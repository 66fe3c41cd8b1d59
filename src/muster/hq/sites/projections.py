"""Who writes what out of the journals: each application registers its own kinds of things."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from muster.hq.records.body import Body
from muster.hq.records.canonical import Json
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


class Projection(Protocol):
    """Things of one kind out of their events: a module that has both functions."""

    @staticmethod
    def project(histories: "Histories", using: str) -> list[Projected]:
        """Write things by a connection that is named; of what no body is here there is nothing to write."""

    @staticmethod
    def derived(history: Sequence[Known]) -> Json:
        """What a thing is after its events, as text that two sites compare; None where nothing was told of it."""


Histories = Mapping[uuid.UUID, Sequence[Known]]
"""Events of things, in any order."""
_OF_KIND: Final[dict[str, str]] = {}


def register(kind: str, module: str) -> None:
    """Make known who writes things of a kind.

    Parameters
    ----------
    kind
        As events name it: ``scenario.row``.
    module
        Name of a :class:`Projection`; it is imported when it is needed.
    """
    if _OF_KIND.setdefault(kind, module) != module:
        raise ValueError(f'Things of kind "{kind}" are written by {_OF_KIND[kind]} already.')


def find_projection(kind: str) -> Projection | None:
    """Who writes things of a kind; None where their events are kept and nothing is made of them yet."""
    module = _OF_KIND.get(kind)
    return None if module is None else cast("Projection", import_module(module))


def list_kinds() -> list[str]:
    """Kinds of things that are written out of journals."""
    return sorted(_OF_KIND)
