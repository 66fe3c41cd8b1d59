"""A plan made the plain way, for tests that need one to look at.

Every load takes its first itinerary and the first free asset. It keeps travel times, asset continuity, permits and the
join at the staging area, and takes no notice of capacities.
"""

from collections.abc import Iterable

from muster.movement.plan import Move, Plan, Step, Unmoved, Voyage
from muster.movement.problem import SELF, Leg, Line, Load, Problem


class _Yard:
    """Where each asset is and when it is free."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.free = {asset.asset_id: (asset.available_from_min, asset.home) for asset in problem.assets}
        self.voyages: list[Voyage] = []

    def _empty_min(self, asset_type_id: str, origin: str, destination: str) -> int:
        mobility = self.problem.mobility_of[self.problem.asset_type_of[asset_type_id].mobility_id]
        row = mobility.places.index(origin)
        minutes = mobility.travel_min[row][mobility.places.index(destination)]
        assert minutes is not None
        return minutes

    def carry(self, leg: Leg, ready_min: int) -> Step:
        """Send the asset that is there first."""
        arrivals = []
        for asset_id, (free_min, place) in self.free.items():
            kind = self.problem.asset_type_of[self.problem.asset_of[asset_id].asset_type_id]
            if kind.asset_type_id in leg.travel_min and kind.carrier is leg.carrier:
                away_min = self._empty_min(kind.asset_type_id, place, leg.origin)
                arrivals.append((max(ready_min, free_min + away_min), asset_id, away_min, kind))
        start_min, asset_id, away_min, kind = min(arrivals, key=lambda row: row[:2])
        free_min, place = self.free[asset_id]
        if place != leg.origin:
            self._sail(
                asset_id, None, (place, leg.origin), (free_min, free_min, free_min + away_min, free_min + away_min)
            )
        departure_min = start_min + kind.load_min
        arrival_min = departure_min + leg.travel_min[kind.asset_type_id]
        end_min = arrival_min + kind.unload_min
        self._sail(
            asset_id, leg.leg_id, (leg.origin, leg.destination), (start_min, departure_min, arrival_min, end_min)
        )
        return Step(leg_id=leg.leg_id, voyage_id=self.voyages[-1].voyage_id, start_min=start_min,
                    departure_min=departure_min, arrival_min=arrival_min, end_min=end_min)  # fmt: skip

    def _sail(
        self, asset_id: str, leg_id: str | None, ends: tuple[str, str], minutes: tuple[int, int, int, int]
    ) -> None:
        self.voyages.append(
            Voyage(voyage_id=f"V{len(self.voyages) + 1:04d}", asset_id=asset_id, leg_id=leg_id, origin=ends[0],
                   destination=ends[1], load_start_min=minutes[0], departure_min=minutes[1], arrival_min=minutes[2],
                   unload_end_min=minutes[3])
        )  # fmt: skip
        self.free[asset_id] = (minutes[3], ends[1])


def _go(yard: _Yard, line: Line, legs: Iterable[str], ready_min: int) -> list[Step]:
    """One load over some legs."""
    steps: list[Step] = []
    for leg_id in legs:
        leg = yard.problem.leg_of[leg_id]
        granted = [permit.granted_min or 0 for permit in yard.problem.permits if permit.nation == line.nation]
        at_min = max(ready_min, *granted) if len(leg.countries) > 1 else ready_min
        if leg.carrier.is_self:
            arrival_min = at_min + leg.travel_min[SELF]
            steps.append(Step(leg_id=leg_id, voyage_id=None, start_min=at_min, departure_min=at_min,
                              arrival_min=arrival_min, end_min=arrival_min))  # fmt: skip
        else:
            steps.append(yard.carry(leg, at_min))
        ready_min = steps[-1].end_min
    return steps


def hand_plan(problem: Problem, *, unmoved: Iterable[str] = ()) -> Plan:
    """A plan for every line but the ones that are to stay."""
    yard = _Yard(problem)
    moves: list[Move] = []
    left = set(unmoved)
    for line in sorted(problem.lines, key=lambda line: (line.priority, line.ready_min, line.uln)):
        if line.uln not in left:
            moves += _move_line(yard, line, [problem.load_of[load_id] for load_id in line.loads])
    return Plan(
        version="0.1.0",
        scenario_hash=problem.scenario_hash,
        case=problem.case,
        seed=1,
        voyages=tuple(yard.voyages),
        moves=tuple(moves),
        unmoved=tuple(Unmoved(uln=uln, reason="No itinerary is open to it.") for uln in sorted(left)),
    )


def _move_line(yard: _Yard, line: Line, loads: list[Load]) -> list[Move]:
    ways = {load.load_id: yard.problem.itinerary_of[load.itineraries[0]] for load in loads}
    first = {load_id: _go(yard, line, way.legs[: way.staged_after], line.ready_min) for load_id, way in ways.items()}
    joined_min = max(steps[-1].end_min for steps in first.values()) + line.integration_min
    moves = []
    for load_id, way in ways.items():
        onward = way.legs[way.staged_after :] if way.staged_after is not None else ()
        steps = (*first[load_id], *_go(yard, line, onward, joined_min))
        moves.append(Move(load_id=load_id, itinerary_id=way.itinerary_id, steps=steps))
    return moves
