"""A project as a deployment: every activity a line that is loaded at one port by gangs of several parties.

A renewable resource is a party with so many gangs. An activity is a line with one load, one leg and a lorry of its own
that waits at the port; loading takes as long as the activity, and the gangs that it asks for. What must have ended
before an activity are the lines for which its line waits. Travel and unloading take no time, so the closure of the
force is the makespan.
"""

from collections.abc import Iterator
from typing import Final

from benchmarks.projects import Activity, Project, serial_length
from muster.measures import MINUTES_PER_HOUR, Timeline
from muster.movement.problem import (
    Asset,
    AssetType,
    Capacity,
    CapacityStep,
    CargoClass,
    Carrier,
    Gangs,
    Itinerary,
    Leg,
    Line,
    Load,
    Mobility,
    Problem,
    Resource,
    ResourceKind,
    Site,
    Size,
)
from muster.network import Mode

UNIT_MIN: Final = MINUTES_PER_HOUR
"""Minutes for one unit of time of the project."""
PORT, AREA = "PORT", "AREA"


def as_problem(project: Project) -> Problem:
    """The project as a deployment problem; required dates are those that no line can miss."""
    horizon_min = (serial_length(project) + 1) * UNIT_MIN
    numbers = range(len(project.activities))
    tails = project.tails
    return Problem(
        title=project.name,
        case="project",
        scenario_hash=project.name,
        timeline=Timeline(),
        horizon_min=horizon_min,
        sites=tuple(
            Site(place=place, name=place.title(), country="POL", latitude_deg=54.5, longitude_deg=18.6)
            for place in (PORT, AREA)
        ),
        lines=tuple(_line(number, each, horizon_min - tails[number] * UNIT_MIN) for number, each in _each(project)),
        loads=tuple(_load(number) for number in numbers),
        itineraries=tuple(
            Itinerary(itinerary_id=_name("way", number), legs=(_name("leg", number),)) for number in numbers
        ),
        legs=tuple(_leg(number, each) for number, each in _each(project)),
        asset_types=tuple(_asset_type(number, each) for number, each in _each(project)),
        assets=tuple(_asset(number, horizon_min) for number in numbers),
        mobilities=(Mobility(mobility_id="road", places=(PORT, AREA), travel_min=((0, 0), (0, 0))),),
        resources=tuple(
            Resource(
                resource_id=_name("party", place),
                place=_name("party", place),
                kind=ResourceKind.GANGS,
                steps=(CapacityStep(from_min=0, capacity=capacity),),
            )
            for place, capacity in enumerate(project.capacity)
        ),
    )  # fmt: skip


def _each(project: Project) -> Iterator[tuple[int, Activity]]:
    return enumerate(project.activities)


def _name(what: str, number: int) -> str:
    return f"{what}-{number + 1:03d}"


def _line(number: int, activity: Activity, required_min: int) -> Line:
    return Line(
        uln=_name("line", number),
        name=f"Activity {number + 1}",
        nation="POL",
        priority=1,
        weight=1,
        ready_min=0,
        required_min=required_min,
        origin=PORT,
        destination=AREA,
        loads=(_name("load", number),),
        after=tuple(_name("line", ahead) for ahead in activity.after),
    )


def _load(number: int) -> Load:
    return Load(
        load_id=_name("load", number),
        uln=_name("line", number),
        cargo=CargoClass.PALLET,
        pieces=1,
        people=0,
        vehicles=0,
        size=Size(pallets=1),
        itineraries=(_name("way", number),),
    )


def _leg(number: int, activity: Activity) -> Leg:
    asked = enumerate(activity.demand)
    return Leg(
        leg_id=_name("leg", number),
        mode=Mode.ROAD,
        carrier=Carrier.TRUCK,
        origin=PORT,
        destination=AREA,
        distance_m=0,
        travel_min={_name("lorry", number): 0},
        gangs=tuple(Gangs(party=_name("party", place), count=count) for place, count in asked if count),
    )


def _asset_type(number: int, activity: Activity) -> AssetType:
    return AssetType(
        asset_type_id=_name("lorry", number),
        carrier=Carrier.TRUCK,
        name="lorry",
        mobility_id="road",
        carries=(CargoClass.PALLET,),
        capacity=Capacity(pallets=1),
        load_min=activity.duration * UNIT_MIN,
    )


def _asset(number: int, horizon_min: int) -> Asset:
    return Asset(
        asset_id=_name("own", number),
        asset_type_id=_name("lorry", number),
        fleet_id=_name("own", number),
        nation="POL",
        home=PORT,
        available_from_min=0,
        available_until_min=horizon_min,
    )
