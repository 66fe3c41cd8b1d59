"""What places can do: capacities and calendars of the terminals, crossings and staging areas that a plan may use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from muster.forces import Caveat, CaveatEffect
from muster.measures import MINUTES_PER_DAY, Timeline
from muster.movement.inputs import CalendarRow
from muster.movement.preparation.adoption import Adoption
from muster.movement.problem import CapacityStep, Carrier, Leg, Resource, ResourceKind
from muster.network import Mode
from muster.reference import Place, PlaceKind

_DAILY: Final = frozenset(
    {
        ResourceKind.TRAINS,
        ResourceKind.CROSSING_VEHICLES,
        ResourceKind.CROSSING_WAGONS,
        ResourceKind.CREDITS,
        ResourceKind.TRANSHIPMENT,
        ResourceKind.CAVEAT,
    }
)
"""Counted by the day; the others are in use at one time."""
_HOURED: Final = frozenset({ResourceKind.MOG, ResourceKind.CROSSING_VEHICLES, ResourceKind.CREDITS})
"""Kept to the opening hours of their place."""
_ATTRIBUTE: Final = {
    ResourceKind.RAMP: ("rail_ramps", "rail.ramp.default"),
    ResourceKind.TRAINS: ("rail_trains_per_day", "rail.trains_per_day.default"),
    ResourceKind.BERTH_RORO: ("berths_roro", "port.roro.berths.default"),
    ResourceKind.BERTH_CONTAINER: ("berths_container", "port.container.berths.default"),
    ResourceKind.MOG: ("mog_spots", "air.mog.default"),
    ResourceKind.STAGING_VEHICLES: ("staging_vehicles", "staging.vehicles.default"),
    ResourceKind.STAGING_PEOPLE: ("staging_people", "staging.people.default"),
    ResourceKind.CROSSING_VEHICLES: ("crossing_vehicles_per_day", "border.crossing.vehicles_per_day.default"),
    ResourceKind.CROSSING_WAGONS: ("crossing_wagons_per_day", "rail.crossing.wagons_per_day.default"),
    ResourceKind.CREDITS: ("crossing_credits_per_day", "border.crossing.credits_per_day.default"),
    ResourceKind.TRANSHIPMENT: ("transhipment_wagons_per_day", "rail.transhipment.wagons_per_day.default"),
}
"""Field of a place that holds each capacity, and the factor that stands in for it."""
TERMINAL_KINDS: Final[Mapping[Carrier, tuple[ResourceKind, ...]]] = {
    Carrier.TRAIN: (ResourceKind.RAMP, ResourceKind.TRAINS),
    Carrier.RORO_SHIP: (ResourceKind.BERTH_RORO,),
    Carrier.CONTAINER_SHIP: (ResourceKind.BERTH_CONTAINER,),
    Carrier.AIRCRAFT: (ResourceKind.MOG,),
}
"""What each carrier needs at both ends of its legs."""
MOG_SCALE: Final = 100
"""Working spots are counted in hundredths."""


@dataclass(slots=True)
class Terminals:
    """Capacities of places, with the scenario's calendars laid over them."""

    places: Mapping[str, Place]
    calendars: Iterable[CalendarRow]
    timeline: Timeline
    adoption: Adoption
    _rows: dict[tuple[str, ResourceKind], list[CalendarRow]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.calendars:
            self._rows.setdefault((row.place, row.resource), []).append(row)

    def is_open(self, place: str, carrier: Carrier) -> bool:
        """Whether a carrier can ever be worked at a place."""
        return all(
            any(step.capacity for step in self._steps(place, kind, self._known(place, kind)))
            for kind in TERMINAL_KINDS.get(carrier, ())
        )

    def _known(self, place: str, kind: ResourceKind) -> int:
        """Capacity without calendars; 1 stands for one that no table gives."""
        value = getattr(self.places[place], _ATTRIBUTE[kind][0])
        return 1 if value is None else int(value)

    def resources(self, legs: Iterable[Leg], caveats: Iterable[Caveat]) -> tuple[Resource, ...]:
        """Every resource that the legs can use, and those of caveats that limit."""
        needed: dict[tuple[str, ResourceKind], None] = {}
        for leg in legs:
            for end in (leg.origin, leg.destination):
                needed |= dict.fromkeys((end, kind) for kind in TERMINAL_KINDS.get(leg.carrier, ()))
                needed |= dict.fromkeys((end, kind) for kind in self._waiting(end))
            if leg.mode is Mode.RAIL and PlaceKind.GAUGE_POINT in self.places[leg.origin].kinds:
                needed[leg.origin, ResourceKind.TRANSHIPMENT] = None
            kinds = (
                (ResourceKind.CROSSING_WAGONS,)
                if leg.mode is Mode.RAIL
                else (ResourceKind.CROSSING_VEHICLES, ResourceKind.CREDITS)
            )
            needed |= dict.fromkeys((passage.crossing, kind) for passage in leg.passages for kind in kinds)
        found = [self._resource(place, kind) for place, kind in sorted(needed)]
        return (*found, *_caveat_limits(caveats))

    def _waiting(self, place: str) -> tuple[ResourceKind, ...]:
        """Staging limits that hold at a place: of a staging area always, elsewhere where a table gives them."""
        there = self.places[place]
        return tuple(
            kind
            for kind in (ResourceKind.STAGING_VEHICLES, ResourceKind.STAGING_PEOPLE)
            if PlaceKind.STAGING in there.kinds or getattr(there, _ATTRIBUTE[kind][0]) is not None
        )

    def _resource(self, place: str, kind: ResourceKind) -> Resource:
        there = self.places[place]
        attribute, factor_id = _ATTRIBUTE[kind]
        value = getattr(there, attribute)
        if value is None:
            value = self.adoption.default(f"{place} {attribute}", factor_id)
        self.adoption.note(f"{place} {attribute}", value, attribute, there.provenance.get(attribute))
        hours = None
        if kind in _HOURED and there.opens_min is not None and there.closes_min is not None:
            hours = (there.opens_min, there.closes_min)
        scale = MOG_SCALE if kind is ResourceKind.MOG else 1
        return Resource(
            resource_id=f"{place}/{kind}",
            place=place,
            kind=kind,
            steps=self._steps(place, kind, round(value * scale), scale),
            period_min=MINUTES_PER_DAY if kind in _DAILY else None,
            hours=hours,
        )

    def _steps(self, place: str, kind: ResourceKind, usual: int, scale: int = 1) -> tuple[CapacityStep, ...]:
        """Calendar of a capacity: the usual one, with the rows of the calendars table over it; later rows win."""
        minute_of = self.timeline.minute
        rows = [
            (max(0, minute_of(row.starts)), None if row.until is None else minute_of(row.until), row.capacity * scale)
            for row in self._rows.get((place, kind), ())
        ]
        changes = {0} | {start for start, _, _ in rows} | {end for _, end, _ in rows if end is not None and end > 0}
        steps: list[CapacityStep] = []
        for minute in sorted(changes):
            held = [capacity for start, end, capacity in rows if start <= minute and (end is None or minute < end)]
            capacity = held[-1] if held else usual
            if not steps or steps[-1].capacity != capacity:
                steps.append(CapacityStep(from_min=minute, capacity=capacity))
        return tuple(steps)


def _caveat_limits(caveats: Iterable[Caveat]) -> tuple[Resource, ...]:
    """One resource for each caveat that limits the people of a nation that enter a country in a day."""
    return tuple(
        Resource(
            resource_id=f"{caveat.country}/{ResourceKind.CAVEAT}/{caveat.caveat_id}",
            place=caveat.country,
            kind=ResourceKind.CAVEAT,
            steps=(CapacityStep(from_min=0, capacity=caveat.limit_people_per_day),),
            period_min=MINUTES_PER_DAY,
            nation=caveat.nation,
        )
        for caveat in caveats
        if caveat.effect is CaveatEffect.LIMITS
        and caveat.country is not None
        and caveat.limit_people_per_day is not None
    )
