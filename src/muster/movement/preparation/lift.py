"""From fleets to assets: what is scheduled one by one, what it carries and how fast it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Final

from muster.measures import MINUTES_PER_DAY, MINUTES_PER_HOUR, Timeline
from muster.movement.inputs import Fleet
from muster.movement.preparation.adoption import Adoption
from muster.movement.problem import DIMENSIONS, Asset, AssetType, Capacity, CargoClass, Carrier, Load
from muster.network import Mode
from muster.reference import Platform

MODE_OF: Final = {
    Carrier.CONVOY: Mode.ROAD,
    Carrier.TRACKS: Mode.ROAD,
    Carrier.BUS: Mode.ROAD,
    Carrier.TRUCK: Mode.ROAD,
    Carrier.HET: Mode.ROAD,
    Carrier.TRAIN: Mode.RAIL,
    Carrier.RORO_SHIP: Mode.SEA,
    Carrier.CONTAINER_SHIP: Mode.SEA,
    Carrier.AIRCRAFT: Mode.AIR,
    Carrier.ROTOR: Mode.AIR,
}
"""The network on which each carrier moves."""

_VEHICLES: Final = (CargoClass.WHEELED, CargoClass.CARRIED)
_BOXES: Final = (CargoClass.CONTAINER, CargoClass.PALLET)
_CARRIES: Final = {
    Carrier.TRAIN: (*_VEHICLES, *_BOXES),
    Carrier.RORO_SHIP: (*_VEHICLES, *_BOXES),
    Carrier.CONTAINER_SHIP: (CargoClass.CONTAINER,),
    Carrier.AIRCRAFT: (CargoClass.PEOPLE, CargoClass.WHEELED, CargoClass.CARRIED, CargoClass.PALLET),
    Carrier.BUS: (CargoClass.PEOPLE,),
    Carrier.TRUCK: _BOXES,
    Carrier.HET: (CargoClass.CARRIED,),
}
_SPEED: Final = {
    Carrier.CONVOY: "road.convoy.speed_kmh",
    Carrier.TRACKS: "road.tracked.speed_kmh",
    Carrier.ROTOR: "air.helicopter.speed_kmh",
    Carrier.TRAIN: "rail.speed.military_kmh",
    Carrier.RORO_SHIP: "sea.roro.speed_kmh",
    Carrier.CONTAINER_SHIP: "sea.container.speed_kmh",
    Carrier.AIRCRAFT: "air.transport.speed_kmh",
    Carrier.BUS: "road.bus.speed_kmh",
    Carrier.TRUCK: "road.truck.speed_kmh",
    Carrier.HET: "road.het.speed_kmh",
}
"""Factor for the speed of a carrier whose platform does not say."""
_HOURS_PER_DAY: Final = {
    Carrier.CONVOY: "road.drive.hours_per_day",
    Carrier.TRACKS: "road.drive.hours_per_day",
    Carrier.ROTOR: "air.helicopter.hours_per_day",
    Carrier.BUS: "road.bus.hours_per_day",
    Carrier.TRUCK: "road.truck.hours_per_day",
    Carrier.HET: "road.het.hours_per_day",
}
"""Factor for the travel of a carrier in 24 hours; the others go day and night with changes of crew."""
_HANDLING: Final = {
    Carrier.TRAIN: ("rail.ramp.load_min", "rail.ramp.unload_min"),
    Carrier.RORO_SHIP: ("port.roro.load_min", "port.roro.unload_min"),
    Carrier.CONTAINER_SHIP: ("port.container.load_min", "port.container.unload_min"),
    Carrier.AIRCRAFT: ("air.pax.ground_min", "air.pax.ground_min"),
    Carrier.BUS: ("road.bus.load_min", "road.bus.unload_min"),
    Carrier.TRUCK: ("road.truck.load_min", "road.truck.unload_min"),
    Carrier.HET: ("road.het.load_min", "road.het.unload_min"),
}
"""Factors for loading and unloading where neither fleet nor platform says."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a carrier covers ground.

    Attributes
    ----------
    daily_travel_min
        Minutes of travel in 24 hours before it rests for what is left of them; None never rests.
    range_m
        Longest distance without a stop; None does not limit.
    gauge_mm
        Gauge of a train.
    """

    speed_kmh: float
    daily_travel_min: int | None = None
    range_m: int | None = None
    gauge_mm: int | None = None

    def travel_min(self, distance_m: float) -> int | None:
        """Least minutes for a distance, rests included; None beyond its range."""
        if self.range_m is not None and distance_m > self.range_m:
            return None
        moving_min = ceil(distance_m / 1000 / self.speed_kmh * MINUTES_PER_HOUR)
        if self.daily_travel_min is None or moving_min == 0:
            return moving_min
        rests = (moving_min - 1) // self.daily_travel_min
        return moving_min + rests * (MINUTES_PER_DAY - self.daily_travel_min)


@dataclass(frozen=True)
class Lift:
    """The assets of a case.

    Attributes
    ----------
    paces
        By asset type, and by carrier for loads that move themselves.
    runway_min_m
        Shortest runway by asset type, where known.
    """

    asset_types: tuple[AssetType, ...]
    assets: tuple[Asset, ...]
    paces: Mapping[str, Pace]
    runway_min_m: Mapping[str, int]
    _able: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def able(self, nation: str, load: Load) -> frozenset[str]:
        """Types that can carry the load on a voyage of its own and of which its nation may use an asset."""
        shape = (nation, load.cargo, load.size, load.item_mass_kg, load.item_height_cm, load.item_mlc)
        if shape not in self._able:
            self._able[shape] = frozenset(
                kind.asset_type_id
                for kind in self.asset_types
                if not self._users[kind.asset_type_id].isdisjoint({nation, ""}) and _fits(load, kind)
            )
        return self._able[shape]

    @cached_property
    def _users(self) -> Mapping[str, set[str]]:
        """Nations that may use some asset of a type; an empty name is every nation."""
        users: dict[str, set[str]] = {kind.asset_type_id: set() for kind in self.asset_types}
        for asset in self.assets:
            users[asset.asset_type_id] |= set(asset.users) or {""}
        return users


def _fits(load: Load, kind: AssetType) -> bool:
    """Whether an asset of a type can carry the load on a voyage of its own."""
    if load.cargo not in kind.carries:
        return False
    dimensions = (
        *((getattr(load.size, name), getattr(kind.capacity, name)) for name in DIMENSIONS),
        (load.item_mass_kg or 0, kind.item_mass_max_kg),
        (load.item_height_cm or 0, kind.item_height_max_cm),
        (load.item_mlc or 0, kind.item_mlc_max),
    )
    return all(limit is None or need <= limit for need, limit in dimensions)


def make_lift(
    fleets: Iterable[Fleet],
    platforms: Mapping[str, Platform],
    timeline: Timeline,
    horizon_min: int,
    adoption: Adoption,
) -> Lift:
    """Turn the rows of the lift table into asset types and assets."""
    types: dict[str, AssetType] = {}
    assets: list[Asset] = []
    runways: dict[str, int] = {}
    paces = {carrier.value: _own_pace(carrier, adoption) for carrier in Carrier if carrier.is_self}
    for fleet in fleets:
        platform = platforms[fleet.platform]
        kind = _asset_type(fleet, platform, adoption)
        types[kind.asset_type_id] = kind
        paces[kind.asset_type_id] = _pace(kind.carrier, platform, adoption)
        if platform.runway_min_m is not None:
            runways[kind.asset_type_id] = platform.runway_min_m
        start_min = max(0, timeline.minute(fleet.available_from)) if fleet.available_from else 0
        end_min = min(horizon_min, timeline.minute(fleet.available_until)) if fleet.available_until else horizon_min
        assets += [
            Asset(
                asset_id=f"{fleet.fleet_id}-{number:02d}",
                asset_type_id=kind.asset_type_id,
                fleet_id=fleet.fleet_id,
                nation=fleet.nation,
                home=fleet.home,
                available_from_min=start_min,
                available_until_min=end_min,
                users=fleet.users,
            )
            for number in range(1, fleet.count + 1)
        ]
    return Lift(tuple(types.values()), tuple(assets), paces, runways)


def _asset_type(fleet: Fleet, platform: Platform, adoption: Adoption) -> AssetType:
    """One asset of a fleet as the plan sees it: a packet of platforms that stay together."""
    carrier = Carrier(platform.kind.value)
    own_times = fleet.load_min is not None or fleet.unload_min is not None
    name = (
        platform.platform_id
        + (f"x{fleet.packet}" if fleet.packet > 1 else "")
        + (f"@{fleet.fleet_id}" if own_times else "")
    )
    _note_all(platform, adoption)
    load_min, unload_min = _handling_min(fleet, platform, carrier, adoption)
    return AssetType(
        asset_type_id=name,
        carrier=carrier,
        name=f"{fleet.packet} x {platform.name}" if fleet.packet > 1 else platform.name,
        mobility_id=name,
        carries=_carried(carrier, platform),
        capacity=Capacity(
            people=_times(platform.capacity_people, fleet.packet),
            vehicles=fleet.packet if carrier is Carrier.HET else None,
            lane_cm=_times(platform.capacity_lane_cm, fleet.packet),
            mass_kg=_times(platform.capacity_mass_kg, fleet.packet),
            teu=_times(platform.capacity_teu, fleet.packet),
            pallets=_times(platform.capacity_pallets, fleet.packet),
        ),
        single_class=carrier in {Carrier.AIRCRAFT, Carrier.BUS, Carrier.TRUCK, Carrier.HET},
        item_mass_max_kg=platform.item_mass_max_kg,
        item_height_max_cm=platform.item_height_max_cm,
        item_mlc_max=platform.item_mlc_max,
        load_min=load_min,
        unload_min=unload_min,
        daily_limit_min=platform.daily_limit_min if carrier is Carrier.AIRCRAFT else None,
        wagons=platform.wagons or (adoption.whole("rail.wagons_per_train") if carrier is Carrier.TRAIN else 0),
        vehicles=fleet.packet if MODE_OF[carrier] is Mode.ROAD else 0,
        mog_percent=round(100 * (platform.mog_share or 1)) if carrier is Carrier.AIRCRAFT else 0,
    )


def _carried(carrier: Carrier, platform: Platform) -> tuple[CargoClass, ...]:
    """Cargo classes that a lift platform takes: those of its kind for which it has a capacity."""
    classes = _CARRIES[carrier]
    if platform.capacity_people is None:
        classes = tuple(cargo for cargo in classes if cargo is not CargoClass.PEOPLE)
    elif carrier is Carrier.TRAIN:
        classes = (CargoClass.PEOPLE,) if platform.capacity_lane_cm is None else classes
    if platform.capacity_lane_cm is None and carrier is Carrier.AIRCRAFT:
        classes = tuple(cargo for cargo in classes if cargo not in _VEHICLES)
    if platform.capacity_pallets is None and carrier is Carrier.AIRCRAFT:
        classes = tuple(cargo for cargo in classes if cargo is not CargoClass.PALLET)
    return classes


def _times(capacity: int | None, packet: int) -> int | None:
    return None if capacity is None else capacity * packet


def _handling_min(fleet: Fleet, platform: Platform, carrier: Carrier, adoption: Adoption) -> tuple[int, int]:
    """Loading and unloading minutes: the fleet's own, else the platform's, else a noted default."""
    own = (fleet.load_min, fleet.unload_min)
    packaged = (platform.load_min, platform.unload_min)
    times = []
    for name, mine, given, factor in zip(("load_min", "unload_min"), own, packaged, _HANDLING[carrier], strict=True):
        known = mine if mine is not None else given
        times.append(adoption.default(f"{platform.platform_id} {name}", factor) if known is None else known)
    return times[0], times[1]


def _note_all(platform: Platform, adoption: Adoption) -> None:
    for attribute, provenance in platform.provenance.items():
        adoption.note(f"{platform.platform_id} {attribute}", getattr(platform, attribute, ""), "", provenance)


def _own_pace(carrier: Carrier, adoption: Adoption) -> Pace:
    """Pace of loads that move themselves."""
    return Pace(adoption.number(_SPEED[carrier]), _travel_day_min(carrier, adoption))


def _pace(carrier: Carrier, platform: Platform, adoption: Adoption) -> Pace:
    """Pace of a lift platform."""
    speed_kmh = platform.speed_kmh
    if speed_kmh is None:
        speed_kmh = float(adoption.default(f"{platform.platform_id} speed_kmh", _SPEED[carrier]))
    range_m = platform.range_km * 1000 if platform.range_km is not None and carrier is Carrier.AIRCRAFT else None
    gauge_mm = platform.gauge_mm if carrier is Carrier.TRAIN else None
    return Pace(speed_kmh, _travel_day_min(carrier, adoption), range_m, gauge_mm)


def _travel_day_min(carrier: Carrier, adoption: Adoption) -> int | None:
    if carrier not in _HOURS_PER_DAY:
        return None
    return min(MINUTES_PER_DAY, round(adoption.number(_HOURS_PER_DAY[carrier]) * MINUTES_PER_HOUR))
