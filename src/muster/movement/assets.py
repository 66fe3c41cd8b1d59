"""What moves it: carriers, and lift assets one by one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muster.movement.cargo import CargoClass


class Carrier(StrEnum):
    """What makes a leg: the load itself, or a kind of shared lift asset."""

    CONVOY = "convoy"
    """Wheeled vehicles drive as a convoy."""
    TRACKS = "tracks"
    """Carried vehicles drive a short way on their own tracks or wheels."""
    ROTOR = "rotor"
    """Helicopters fly themselves."""
    TRAIN = "train"
    RORO_SHIP = "roro_ship"
    CONTAINER_SHIP = "container_ship"
    AIRCRAFT = "aircraft"
    BUS = "bus"
    TRUCK = "truck"
    HET = "het"
    """Heavy equipment transporters."""

    @property
    def is_self(self) -> bool:
        """Whether the load moves itself and needs no asset."""
        return self in _SELF


_SELF: Final = frozenset({Carrier.CONVOY, Carrier.TRACKS, Carrier.ROTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much one voyage of an asset carries; None is a dimension that does not limit it."""

    people: int | None = None
    vehicles: int | None = None
    lane_cm: int | None = None
    mass_kg: int | None = None
    teu: int | None = None
    pallets: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetType:
    """A kind of lift asset as it is scheduled; buses and trucks are scheduled in packets that stay together.

    Attributes
    ----------
    carries
        The cargo classes it may carry.
    single_class
        Whether one voyage carries one cargo class only.
    item_mass_max_kg, item_height_max_cm, item_mlc_max
        Limits on each single vehicle or container; None does not limit.
    load_min, unload_min
        Minutes a loaded voyage spends loading and unloading, whatever it carries.
    daily_limit_min
        Minutes it may travel in one UTC day, for the crew; None does not limit.
    wagons
        Wagons counted at rail crossings and transhipment.
    vehicles
        Road vehicles counted at road crossings.
    mog_percent
        Working spot taken on an airfield, in hundredths of a wide-body spot.
    """

    asset_type_id: str
    carrier: Carrier
    name: str
    mobility_id: str
    carries: tuple[CargoClass, ...]
    capacity: Capacity
    single_class: bool = False
    item_mass_max_kg: int | None = None
    item_height_max_cm: int | None = None
    item_mlc_max: int | None = None
    load_min: int = 0
    unload_min: int = 0
    daily_limit_min: int | None = None
    wagons: int = 0
    vehicles: int = 0
    mog_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One lift asset: a train set, a ship, an aircraft, a packet of buses, trucks or transporters.

    Attributes
    ----------
    users
        Nations that may use it; empty is every nation.
    available_from_min, available_until_min
        All its voyages, empty ones too, lie in this period.
    """

    asset_id: str
    asset_type_id: str
    fleet_id: str
    nation: str
    home: str
    available_from_min: int
    available_until_min: int
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mobility:
    """How long an empty asset takes between places: one speed on one network.

    Attributes
    ----------
    places
        The places in the order of rows and columns.
    travel_min
        Minutes from row to column; None where there is no way.
    """

    mobility_id: str
    places: tuple[str, ...]
    travel_min: tuple[tuple[int | None, ...], ...]
