"""What a plan says, with every id looked up in its problem.

What names something that is not there is left out here and reported by :func:`muster.movement.checks.form.well_formed`,
so that the other rules never meet it. Of two moves of one load, or two voyages of one id, the first counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from muster.movement.plan import Move, Plan, Step, Voyage
from muster.movement.problem import SELF, Asset, AssetType, Itinerary, Leg, Line, Load, Problem


@dataclass(frozen=True, slots=True)
class Trip:
    """A voyage of a known asset.

    Attributes
    ----------
    leg
        None for an empty trip.
    travel_min
        Least minutes from departure to arrival; None where the asset has no way.
    """

    voyage: Voyage
    asset: Asset
    kind: AssetType
    leg: Leg | None
    travel_min: int | None


@dataclass(frozen=True, slots=True)
class Ride:
    """A step of a load on a known leg.

    Attributes
    ----------
    index
        Which step of the move, from 0.
    trip
        None on a leg that the load makes itself, and where the voyage is unknown.
    travel_min
        Least minutes from departure to arrival; None where the carrier cannot make the leg.
    """

    load: Load
    line: Line
    index: int
    step: Step
    leg: Leg
    trip: Trip | None
    travel_min: int | None

    @property
    def is_self_made(self) -> bool:
        """Whether the load makes the leg itself."""
        return self.step.voyage_id is None


@dataclass(frozen=True, slots=True)
class Travel:
    """The move of a known load.

    Attributes
    ----------
    itinerary
        None where the plan names one that does not exist.
    rides
        The steps whose legs exist, in order.
    """

    load: Load
    line: Line
    move: Move
    itinerary: Itinerary | None
    rides: tuple[Ride, ...]

    @property
    def reached_min(self) -> int:
        """When the load reaches its destination; a load that makes no step is there when its line is ready."""
        return self.move.steps[-1].end_min if self.move.steps else self.line.ready_min

    @property
    def staged_after(self) -> int | None:
        """How many steps bring the load to its staging area; None where it does not pass, or leaves its itinerary."""
        if self.itinerary is None or self.line.staging is None:
            return None
        follows = tuple(step.leg_id for step in self.move.steps) == self.itinerary.legs
        return self.itinerary.staged_after if follows else None

    @property
    def staged_min(self) -> int | None:
        """When the load reaches its staging area; None where it does not pass there."""
        after = self.staged_after
        if after is None or after > len(self.move.steps):
            return None
        return self.move.steps[after - 1].end_min if after else self.line.ready_min

    @property
    def onward(self) -> Step | None:
        """The first step after staging; None where there is none."""
        after = self.staged_after
        return None if after is None or after >= len(self.move.steps) else self.move.steps[after]


@dataclass(frozen=True, slots=True)
class Facts:
    """A problem, a plan for it, and what the plan says where it names what exists.

    Attributes
    ----------
    trips
        By voyage id, in the order of the plan.
    travels
        By load id, in the order of the plan.
    travels_of
        By ULN; every line has an entry.
    aboard
        Rides by voyage id; a voyage that carries nothing has no entry.
    """

    problem: Problem
    plan: Plan
    trips: Mapping[str, Trip]
    travels: Mapping[str, Travel]
    travels_of: Mapping[str, Sequence[Travel]]
    aboard: Mapping[str, Sequence[Ride]]

    def rides(self) -> Iterator[Ride]:
        """Every ride of every load."""
        for travel in self.travels.values():
            yield from travel.rides

    def label(self, minute: int) -> str:
        """A minute as people read it."""
        return self.problem.timeline.label(minute)

    def closed_min(self, uln: str) -> int | None:
        """When a line closes; None where none of its loads moves."""
        return max((travel.reached_min for travel in self.travels_of[uln]), default=None)

    def free_min(self, line: Line) -> int:
        """When a line may set out: it is ready, and all lines of the plan that it waits for have closed."""
        closed = (self.closed_min(uln) for uln in line.after)
        return max(line.ready_min, *(minute for minute in closed if minute is not None), 0)

    def joined_min(self, uln: str) -> int | None:
        """When the last load of a line reaches its staging area; None where none passes there."""
        staged = (travel.staged_min for travel in self.travels_of[uln])
        return max((minute for minute in staged if minute is not None), default=None)


def gather(problem: Problem, plan: Plan) -> Facts:
    """Look every id of the plan up in the problem."""
    trips: dict[str, Trip] = {}
    ways = ways_of(problem)
    for voyage in plan.voyages:
        asset = problem.asset_of.get(voyage.asset_id)
        leg = None if voyage.leg_id is None else problem.leg_of.get(voyage.leg_id)
        if asset is None or voyage.voyage_id in trips or (leg is None and voyage.leg_id is not None):
            continue
        kind = problem.asset_type_of[asset.asset_type_id]
        if leg is None:
            travel_min = empty_min(problem, kind, voyage.origin, voyage.destination, ways)
        else:
            travel_min = leg.travel_min.get(kind.asset_type_id)
        trips[voyage.voyage_id] = Trip(voyage, asset, kind, leg, travel_min)
    travels: dict[str, Travel] = {}
    travels_of: dict[str, list[Travel]] = {line.uln: [] for line in problem.lines}
    aboard: dict[str, list[Ride]] = {}
    for move in plan.moves:
        load = problem.load_of.get(move.load_id)
        if load is None or load.load_id in travels:
            continue
        rides = tuple(_rides(problem, load, move, trips))
        travel = Travel(
            load, problem.line_of[load.uln], move, problem.itinerary_of.get(move.itinerary_id), rides
        )  # fmt: skip
        travels[load.load_id] = travel
        travels_of[load.uln].append(travel)
        for ride in rides:
            if ride.trip is not None:
                aboard.setdefault(ride.trip.voyage.voyage_id, []).append(ride)
    return Facts(problem, plan, trips, travels, travels_of, aboard)


def met_min(departure_min: int, travel_min: int, distance_m: int, leg: Leg) -> int:
    """When a point this far along a leg is met; on a leg of no length, at departure."""
    return departure_min + (travel_min * distance_m // leg.distance_m if leg.distance_m else 0)


def ways_of(problem: Problem) -> Mapping[str, Mapping[str, int]]:
    """Row and column of each place, by mobility."""
    return {
        mobility.mobility_id: {place: index for index, place in enumerate(mobility.places)}
        for mobility in problem.mobilities
    }


def empty_min(
    problem: Problem, kind: AssetType, origin: str, destination: str, ways: Mapping[str, Mapping[str, int]]
) -> int | None:
    """Least minutes of an empty trip, None where there is no way; nothing for a trip to where the asset is."""
    if origin == destination:
        return 0
    rows = ways[kind.mobility_id]
    if origin not in rows or destination not in rows:
        return None
    return problem.mobility_of[kind.mobility_id].travel_min[rows[origin]][rows[destination]]


def _rides(problem: Problem, load: Load, move: Move, trips: Mapping[str, Trip]) -> Iterator[Ride]:
    line = problem.line_of[load.uln]
    for index, step in enumerate(move.steps):
        leg = problem.leg_of.get(step.leg_id)
        if leg is None:
            continue
        if step.voyage_id is None:
            yield Ride(load, line, index, step, leg, None, leg.travel_min.get(SELF))
            continue
        trip = trips.get(step.voyage_id)
        travel_min = None if trip is None else leg.travel_min.get(trip.kind.asset_type_id)
        yield Ride(load, line, index, step, leg, trip, travel_min)
