"""What nations and planners allow, forbid and fix: permits, caveats, overrides."""

from dataclasses import dataclass
from enum import StrEnum

from muster.movement.cargo import CargoClass
from muster.network import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """When a nation may enter a country; None is never."""

    permit_id: str
    nation: str
    country: str
    granted_min: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What a nation forbids its own, or allows only from a minute on, on routes and in areas.

    A leg is under the caveat when every condition that is given holds: it enters or begins in ``country``, it starts,
    ends at or goes over ``place``, it is made by ``mode``, the load is of ``cargo``.

    Attributes
    ----------
    allowed_from_min
        First minute at which such a leg may begin; None forbids it for good.
    """

    caveat_id: str
    nation: str
    country: str | None = None
    place: str | None = None
    mode: Mode | None = None
    cargo: CargoClass | None = None
    allowed_from_min: int | None = None


class OverrideKind(StrEnum):
    """What a planner can fix."""

    PIN = "pin"
    """The line's loads pass this place; with a mode, they leave it or reach it by that mode."""
    FORBID = "forbid"
    """The line's loads do not pass this place; with a mode, they neither leave it nor reach it by that mode."""
    FIX_ASSET = "fix_asset"
    """The line's loads use this asset wherever they use an asset of its carrier."""
    LOCK = "lock"
    """Every load of the line begins its first leg at this minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What the planner fixed: kept by the plan, and priced.

    Attributes
    ----------
    uln, nation
        Whom it binds: one line, or every line of a nation.
    is_chosen_port
        Whether it stands for a port that the nation chose in its line, not for a decision of the planner.
    """

    override_id: str
    kind: OverrideKind
    uln: str | None = None
    nation: str | None = None
    place: str | None = None
    mode: Mode | None = None
    cargo: CargoClass | None = None
    asset: str | None = None
    start_min: int | None = None
    reason: str = ""
    is_chosen_port: bool = False
