"""What a scenario says about a deployment, as typed rows: the values from which a problem is prepared.

Places, platforms, unit types and factors are those of ``reference``, with the scenario's own rows already laid over
them. Times are still offsets from day marks; empty cells are None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from muster.forces import Caveat
from muster.measures import DayOffset, Timeline
from muster.movement.problem import CargoClass, OverrideKind, ResourceKind
from muster.network import Mode
from muster.reference import Factor, Place, Platform, UnitType


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementLine:
    """A row of the ``lines`` table, named as in a movement table.

    Attributes
    ----------
    unit_type
        Its holdings are the line's cargo where the ``cargo`` table has no row of the line.
    rld, rdd
        Ready to load at the origin; required at the destination.
    poe, pod
        Port of embarkation and debarkation, where the nation has chosen them; the plan then keeps them.
    pax
        People; None takes them from the unit type.
    join_window_d, cohesion_window_d
        Most days between first and last arrival at the staging area and at the destination; None takes the factor.
    after
        Lines that must have closed before this one sets out.
    """

    uln: str
    nation: str
    name: str
    priority: int
    rld: DayOffset
    rdd: DayOffset
    origin: str
    dest: str
    parent_uln: str | None = None
    unit_type: str | None = None
    pax: int | None = None
    staging: str | None = None
    poe: str | None = None
    pod: str | None = None
    join_window_d: float | None = None
    cohesion_window_d: float | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CargoItem:
    """A row of the ``cargo`` table: how many of a platform a line takes along."""

    uln: str
    platform: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """A row of the ``lift`` table: assets of one type with one home.

    Attributes
    ----------
    count
        Assets that are scheduled one by one.
    packet
        Vehicles that make one asset: buses and trucks move in packets.
    users
        Nations that may use it; empty is every nation.
    load_min, unload_min
        Where they differ from the platform's.
    """

    fleet_id: str
    platform: str
    count: int
    home: str
    nation: str
    packet: int = 1
    users: tuple[str, ...] = ()
    available_from: DayOffset | None = None
    available_until: DayOffset | None = None
    load_min: int | None = None
    unload_min: int | None = None


class PermitState(StrEnum):
    """How far a permit has come."""

    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitRule:
    """A row of the ``permits`` table: clearance to enter a country.

    Attributes
    ----------
    regime
        The permit regime for which the row holds; None is every regime.
    nation
        The nation that asks; None is every nation without a row of its own.
    """

    permit_id: str
    country: str
    requested: DayOffset
    lead_h: float
    regime: str | None = None
    nation: str | None = None
    state: PermitState = PermitState.ASKED
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """A row of the ``calendars`` table: a capacity of a place that changes for a while.

    Attributes
    ----------
    until
        None is to the end.
    """

    place: str
    resource: ResourceKind
    starts: DayOffset
    capacity: int
    until: DayOffset | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A row of the ``links`` table: a way that the network lacks, or a limit or closure of a crossing it has."""

    link_id: str
    mode: Mode
    from_place: str
    to_place: str
    distance_km: float | None = None
    closed: bool = False
    mlc_max: int | None = None
    height_max_cm: int | None = None
    crossing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRow:
    """A row of the ``overrides`` table: what the planner fixes."""

    override_id: str
    kind: OverrideKind
    uln: str | None = None
    nation: str | None = None
    place: str | None = None
    mode: Mode | None = None
    cargo: CargoClass | None = None
    asset: str | None = None
    start: DayOffset | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementInputs:
    """Everything a scenario says about one case of a deployment.

    Attributes
    ----------
    adopted
        Ids of the factors that the scenario's ``factors`` table adopts or overrides.
    """

    title: str
    case: str
    scenario_hash: str
    timeline: Timeline
    horizon_d: int
    permit_regime: str
    lines: tuple[RequirementLine, ...]
    cargo: tuple[CargoItem, ...]
    fleets: tuple[Fleet, ...]
    permits: tuple[PermitRule, ...]
    caveats: tuple[Caveat, ...]
    calendars: tuple[CalendarRow, ...]
    links: tuple[LinkRow, ...]
    overrides: tuple[OverrideRow, ...]
    places: Mapping[str, Place]
    platforms: Mapping[str, Platform]
    unit_types: Mapping[str, UnitType]
    factors: Mapping[str, Factor]
    adopted: frozenset[str] = frozenset()
