"""The rest of the move as a problem of its own, and the way back from a plan for it to a whole plan.

Theory of operation: the search places whole lines from where they begin. What a load has done is therefore one leg *so
far* from its origin to where it is or will be. The load makes it by itself and it uses nothing; it starts at a fixed
minute and ends when the load is free to go on; a load that has left its staging area has one leg to there and another
one onward, so that its line joins when it did. After them come what is left of its itineraries, those that begin as it
began. Assets begin where and when they become free. What has begun is taken off the calendars, and nothing new starts
before now.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.plan import Move, Plan, Step, Unmoved, Voyage
from muster.movement.problem import SELF, Asset, Carrier, Itinerary, Leg, Line, Load, Override, OverrideKind, Problem
from muster.movement.replan.calendars import Used, left_over
from muster.movement.replan.history import History
from muster.movement.search import SoFar
from muster.network import Mode

SO_FAR: Final = "so far: "
"""How the id of a leg begins that stands for what has happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The rest of a move.

    Attributes
    ----------
    problem
        What is still to be planned.
    so_far
        What the search must know of what has happened.
    standing
        What the plan in force says about it.
    begun
        Lines of which something has happened.
    done
        Moves of lines of which everything has begun.
    """

    problem: Problem
    so_far: SoFar
    standing: Plan
    begun: frozenset[str]
    done: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A load that has begun, or is held: its legs so far, and its ways from there."""

    legs: tuple[Leg, ...]
    started_min: tuple[int, ...]
    itineraries: tuple[Itinerary, ...]


def rest_of(problem: Problem, history: History, used: Used) -> Rest:
    """The rest of a move.

    Parameters
    ----------
    problem
        As the events leave it.
    used
        What has begun takes of each resource.
    """
    ids, finished = history.itinerary_of, history.finished()
    done = {line.uln for line in problem.lines if line.loads and finished.issuperset(line.loads)}
    lines = tuple(_line(problem, history, line, done) for line in problem.lines if line.uln not in done)
    loads = [problem.load_of[name] for line in lines for name in line.loads]
    begun = {load.load_id: own for load in loads if (own := _begin(problem, history, load, ids)) is not None}
    legs = {leg.leg_id: at_min for own in begun.values() for leg, at_min in zip(own.legs, own.started_min, strict=True)}
    rest = replace(
        problem,
        lines=lines,
        loads=tuple(
            replace(load, itineraries=tuple(way.itinerary_id for way in begun[load.load_id].itineraries))
            if load.load_id in begun
            else load
            for load in loads
        ),
        itineraries=(*problem.itineraries, *(way for own in begun.values() for way in own.itineraries)),
        legs=(*problem.legs, *(leg for own in begun.values() for leg in own.legs)),
        assets=tuple(_asset(asset, history) for asset in problem.assets),
        resources=tuple(left_over(r, history.now_min, used.get(r.resource_id, ())) for r in problem.resources),
    )
    return Rest(
        problem=rest,
        so_far=SoFar(now_min=history.now_min, started_min=legs, travelled_min=_travelled(problem, history)),
        standing=_standing(history, begun, {load.load_id for load in loads}),
        begun=frozenset(problem.load_of[name].uln for name in begun if name in history.steps),
        done=tuple(
            Move(load_id=name, itinerary_id=ids[name], steps=history.steps[name])
            for line in problem.lines
            if line.uln in done
            for name in line.loads
        ),
    )


def _line(problem: Problem, history: History, line: Line, done: Set[str]) -> Line:
    """A line that waits only where something is still to come; one that has begun, only for lines that have begun."""
    begun = {problem.load_of[name].uln for name in history.steps if name in problem.load_of}
    closed = (name for uln in line.after if uln in done for name in problem.line_of[uln].loads)
    return replace(
        line,
        ready_min=max(line.ready_min, *(history.steps[name][-1].end_min for name in closed), 0),
        after=tuple(uln for uln in line.after if uln not in done and (uln in begun or line.uln not in begun)),
    )


def whole_plan(rest: Rest, history: History, plan: Plan, *, version: str, seed: int) -> Plan:
    """The plan for the rest behind what has happened."""
    begun = [voyage for voyages in history.voyages.values() for voyage in voyages]
    names = _names(begun, history.voyages, plan.voyages)
    new = [replace(voyage, voyage_id=names[voyage.voyage_id]) for voyage in plan.voyages]
    moves = list(rest.done)
    for move in plan.moves:
        fresh = tuple(
            replace(step, voyage_id=None if step.voyage_id is None else names[step.voyage_id])
            for step in move.steps
            if not step.leg_id.startswith(SO_FAR)
        )
        itinerary_id = move.itinerary_id.rpartition(SO_FAR)[2]
        moves.append(
            Move(load_id=move.load_id, itinerary_id=itinerary_id, steps=(*history.steps.get(move.load_id, ()), *fresh))
        )
    return Plan(
        version=version,
        scenario_hash=history.plan.scenario_hash,
        case=history.plan.case,
        seed=seed,
        voyages=tuple(sorted((*begun, *new), key=lambda voyage: (voyage.asset_id, voyage.load_start_min))),
        moves=tuple(moves),
        unmoved=tuple(_told(rest, history, unmoved) for unmoved in plan.unmoved),
    )


def stranded_moves(rest: Rest, history: History, plan: Plan) -> tuple[Move, ...]:
    """What has happened of lines that the plan for the rest leaves standing on the way."""
    ids = history.itinerary_of
    names = [name for unmoved in plan.unmoved for name in rest.problem.line_of[unmoved.uln].loads]
    return tuple(
        Move(load_id=name, itinerary_id=ids[name], steps=history.steps[name]) for name in names if name in history.steps
    )


def _begin(problem: Problem, history: History, load: Load, ids: Mapping[str, str]) -> _Begun | None:
    """What a load has done, and the ways that are left to it; None for one that is free to begin."""
    steps, held_min = history.steps.get(load.load_id, ()), history.held_until_min.get(load.load_id)
    if not steps and held_min is None:
        return None
    done = tuple(step.leg_id for step in steps)
    line = problem.line_of[load.uln]
    legs: dict[str, tuple[Leg, int]] = {}
    ways: list[Itinerary] = []
    for name in dict.fromkeys((*load.itineraries, *((ids[load.load_id],) if steps else ()))):
        way = problem.itinerary_of[name]
        if way.legs[: len(done)] != done or not _obeys(problem, line, load, way, len(done)):
            continue
        own = list(_so_far(problem, line, load, way, steps, held_min))
        legs.update({leg.leg_id: (leg, at_min) for leg, at_min in own})
        staged_after = way.staged_after
        if staged_after is not None:
            is_past = len(done) > staged_after
            staged_after = len(own) - 1 if is_past else len(own) + staged_after - len(done)
        ways.append(
            Itinerary(
                itinerary_id=f"{load.load_id} {SO_FAR}{name}",
                legs=(*(leg.leg_id for leg, _ in own), *way.legs[len(done) :]),
                staged_after=staged_after,
            )
        )
    return _Begun(tuple(leg for leg, _ in legs.values()), tuple(at for _, at in legs.values()), tuple(ways))


def _so_far(
    problem: Problem, line: Line, load: Load, way: Itinerary, steps: Sequence[Step], held_min: int | None
) -> Iterator[tuple[Leg, int]]:
    """The one or two legs that stand for what a load has done on an itinerary, and when they start."""
    if not steps:
        yield _leg(load, (line.origin, line.origin), (line.ready_min, max(line.ready_min, held_min or 0)))
        return
    free_min = max(steps[-1].end_min, held_min or 0)
    here = problem.leg_of[steps[-1].leg_id].destination
    cut = way.staged_after
    if cut is None or line.staging is None or len(steps) <= cut:
        yield _leg(load, (line.origin, here), (steps[0].start_min, free_min))
        return
    if cut:
        yield _leg(load, (line.origin, line.staging), (steps[0].start_min, steps[cut - 1].end_min))
    yield _leg(load, (line.staging, here), (steps[cut].start_min, free_min))


def _leg(load: Load, ends: tuple[str, str], times_min: tuple[int, int]) -> tuple[Leg, int]:
    """A leg that stands for what has happened: made by itself, without length, over nothing."""
    start_min, end_min = times_min
    leg = Leg(
        leg_id=f"{SO_FAR}{load.load_id} {ends[0]}>{ends[1]}",
        mode=Mode.ROAD,
        carrier=Carrier.ROTOR,
        origin=ends[0],
        destination=ends[1],
        distance_m=0,
        travel_min={SELF: end_min - start_min},
    )
    return leg, start_min


def _obeys(problem: Problem, line: Line, load: Load, way: Itinerary, done: int) -> bool:
    """Whether pins hold on the whole itinerary, and prohibitions on what is left of it."""
    legs = [problem.leg_of[name] for name in way.legs]
    for override in problem.overrides:
        if not _binds(override, line, load):
            continue
        if override.kind is OverrideKind.PIN and not any(_passes(override, leg) for leg in legs):
            return False
        if override.kind is OverrideKind.FORBID and any(_passes(override, leg) for leg in legs[done:]):
            return False
    return True


def _binds(override: Override, line: Line, load: Load) -> bool:
    return (
        override.uln in {None, line.uln}
        and override.nation in {None, line.nation}
        and override.cargo in {None, load.cargo}
    )


def _passes(override: Override, leg: Leg) -> bool:
    places = {leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
    return override.place in {None, *places} and override.mode in {None, leg.mode}


def _asset(asset: Asset, history: History) -> Asset:
    """An asset where and when it becomes free."""
    begun = history.voyages.get(asset.asset_id)
    free_min = max(history.now_min, asset.available_from_min, history.held_until_min.get(asset.asset_id, 0))
    if not begun:
        return replace(asset, available_from_min=free_min)
    return replace(asset, home=begun[-1].destination, available_from_min=max(free_min, begun[-1].unload_end_min))


def _travelled(problem: Problem, history: History) -> Mapping[tuple[str, int], int]:
    """Minutes travelled by asset and day, of assets whose crews have a daily limit."""
    minutes: dict[tuple[str, int], int] = {}
    for asset_id, voyages in history.voyages.items():
        kind = problem.asset_type_of[problem.asset_of[asset_id].asset_type_id]
        if kind.daily_limit_min is None:
            continue
        for voyage in voyages:
            travel_min = voyage.arrival_min - voyage.departure_min
            if voyage.leg_id is not None:
                travel_min = problem.leg_of[voyage.leg_id].travel_min.get(kind.asset_type_id, travel_min)
            at_min, end_min = voyage.departure_min, voyage.departure_min + travel_min
            while at_min < end_min:
                day = at_min // MINUTES_PER_DAY
                stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
                minutes[asset_id, day] = minutes.get((asset_id, day), 0) + stop_min - at_min
                at_min = stop_min
    return minutes


def _standing(history: History, begun: Mapping[str, _Begun], loads: set[str]) -> Plan:
    """What the plan in force says about the rest, in the words of the rest."""
    done = {voyage.voyage_id for voyages in history.voyages.values() for voyage in voyages}
    moves: list[Move] = []
    for move in history.plan.moves:
        if move.load_id not in loads:
            continue
        steps, name = history.steps.get(move.load_id, ()), move.itinerary_id
        left, so_far = move.steps[len(steps) :], tuple[Step, ...]()
        if move.load_id in begun:
            own = begun[move.load_id]
            name = f"{move.load_id} {SO_FAR}{move.itinerary_id}"
            ways = [way.legs for way in own.itineraries if way.itinerary_id == name]
            used = set(ways[0]) if ways else set()
            so_far = tuple(
                _made(leg, at_min) for leg, at_min in zip(own.legs, own.started_min, strict=True) if leg.leg_id in used
            )
        moves.append(Move(load_id=move.load_id, itinerary_id=name, steps=(*so_far, *left)))
    voyages = tuple(voyage for voyage in history.plan.voyages if voyage.voyage_id not in done)
    return replace(history.plan, voyages=voyages, moves=tuple(moves))


def _made(leg: Leg, at_min: int) -> Step:
    end_min = at_min + leg.travel_min[SELF]
    return Step(
        leg_id=leg.leg_id,
        voyage_id=None,
        start_min=at_min,
        departure_min=at_min,
        arrival_min=end_min,
        end_min=end_min,
    )


def _names(
    begun: Sequence[Voyage], by_asset: Mapping[str, Sequence[Voyage]], new: Sequence[Voyage]
) -> Mapping[str, str]:
    """Names of new voyages: the numbers of each asset's loaded voyages go on."""
    taken = {voyage.voyage_id for voyage in begun}
    names: dict[str, str] = {}
    for voyage in new:
        number = voyage.voyage_id.removeprefix(f"{voyage.asset_id}/").removesuffix("e")
        before = sum(done.leg_id is not None for done in by_asset.get(voyage.asset_id, ()))
        name = f"{voyage.asset_id}/{int(number) + before}{'e' if voyage.leg_id is None else ''}"
        while name in taken:
            name += "r"
        taken.add(name)
        names[voyage.voyage_id] = name
    return names


def _told(rest: Rest, history: History, unmoved: Unmoved) -> Unmoved:
    """A line that stays, with where its loads stand if it has begun."""
    places = {
        rest.problem.leg_of[steps[-1].leg_id].destination
        for name in rest.problem.line_of[unmoved.uln].loads
        if (steps := history.steps.get(name))
    }
    if not places:
        return unmoved
    return Unmoved(uln=unmoved.uln, reason=f"It stands at {', '.join(sorted(places))}. {unmoved.reason}")
