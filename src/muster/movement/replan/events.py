"""What happens while a plan is carried out, as typed facts; minutes are after 00:00 UTC of C-day."""

from collections.abc import Sequence
from dataclasses import dataclass

from muster.movement.permissions import Override
from muster.movement.resources import ResourceKind


class EventRefused(ValueError):
    """Events that do not fit the plan.

    Attributes
    ----------
    faults
        For each event at fault its id, the rule that it breaks, and a remedy.
    """

    def __init__(self, faults: Sequence[tuple[str, str, str]]) -> None:
        super().__init__("\n".join(f"Event {name}: {rule} {remedy}" for name, rule, remedy in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceClosed:
    """Nothing new is worked at a place, and nothing passes it, in ``[start_min, end_min)``; None is to the end."""

    event_id: str
    place: str
    start_min: int
    end_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningDelayed:
    """What a place was to have from later dates on comes later by some minutes: a bridge, a ramp, a longer runway."""

    event_id: str
    place: str
    by_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityChanged:
    """A place has another capacity in ``[start_min, end_min)``; None is to the end.

    Attributes
    ----------
    capacity
        The new one; None where it is a percentage of what was planned.
    percent
        Of what was planned; None where the new capacity is given.
    """

    event_id: str
    place: str
    kind: ResourceKind
    start_min: int
    end_min: int | None = None
    capacity: int | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLost:
    """An asset ends the voyage that it is on, and is gone from a minute on."""

    event_id: str
    asset_id: str
    at_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLate:
    """An asset takes no new voyage before a minute."""

    event_id: str
    asset_id: str
    until_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetOffered:
    """An asset like another one is there from a minute on.

    Attributes
    ----------
    nation, home
        None is as the one that it is like.
    """

    event_id: str
    asset_id: str
    like: str
    from_min: int
    nation: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOffered:
    """A line like another one is to move as well.

    Attributes
    ----------
    required_min
        None leaves it as many days as the one that it is like.
    """

    event_id: str
    uln: str
    like: str
    ready_min: int
    required_min: int | None = None
    nation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWithdrawn:
    """A line moves no further."""

    event_id: str
    uln: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitChanged:
    """A country lets a nation in from a minute on; None is never."""

    event_id: str
    nation: str
    country: str
    granted_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesMoved:
    """Ready and required dates move by some minutes, as with a cease-fire that comes later.

    Attributes
    ----------
    uln, nation
        Whose dates; None is everybody's. Lines that have begun keep their ready date.
    """

    event_id: str
    by_min: int
    uln: str | None = None
    nation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLate:
    """A line that has not begun is ready later."""

    event_id: str
    uln: str
    ready_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """A planner fixes something more."""

    event_id: str
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Whose movement is reported: one load, every load of a line, or an asset with all that is aboard.

    Attributes
    ----------
    place
        Where it departed, arrived, or is held.
    """

    event_id: str
    place: str
    at_min: int
    load_id: str | None = None
    uln: str | None = None
    asset_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed(Movement):
    """It left the place at that minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Movement):
    """It reached the place at that minute, or is expected there then; unloading follows as planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Movement):
    """It has not left the place as planned, and does not before that minute."""


Event = (
    PlaceClosed
    | OpeningDelayed
    | CapacityChanged
    | AssetLost
    | AssetLate
    | AssetOffered
    | UnitOffered
    | UnitWithdrawn
    | PermitChanged
    | DatesMoved
    | LineLate
    | Overridden
    | Movement
)
