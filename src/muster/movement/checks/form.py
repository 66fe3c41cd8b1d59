"""Whether a plan answers its problem and does not contradict itself."""

from collections import Counter
from collections.abc import Iterator, Sequence

from muster.movement.checks.facts import Facts, Trip
from muster.movement.checks.finding import Finding, duration
from muster.movement.plan import Move, Step, Voyage
from muster.movement.problem import Load


def well_formed(facts: Facts) -> Iterator[Finding]:
    r"""Keep every id of the plan among those of the problem, each used once, and the parts of the plan at one.

    .. math:: s_{ik} = s_v,\ d_{ik} = d_v,\ a_{ik} = a_v,\ e_{ik} = e_v \text{ on voyage } v;\quad
              s_{ik} = d_{ik},\ a_{ik} = e_{ik} \text{ by itself}

    Why: a plan for another problem, or one that says two things about the same train, cannot be carried out at all.
    """
    yield from _made_for_this_problem(facts)
    yield from _voyages(facts)
    yield from _moves(facts)
    yield from _unmoved(facts)


def within_horizon(facts: Facts) -> Iterator[Finding]:
    r"""Keep everything that happens within the planned time.

    .. math:: 0 \le s,\ e \le H \quad \text{for every step and voyage}

    Why: beyond the horizon no calendar says what a place can take.
    """
    horizon_min = facts.problem.horizon_min
    for voyage in facts.plan.voyages:
        at = (voyage.load_start_min, voyage.departure_min, voyage.arrival_min, voyage.unload_end_min)
        yield from _outside(
            facts, at, voyage.asset_id, None, voyage.leg_id, f'Voyage "{voyage.voyage_id}"', horizon_min
        )
    for move in facts.plan.moves:
        load = facts.problem.load_of.get(move.load_id)
        uln = None if load is None else load.uln
        for step in move.steps:
            if step.voyage_id is None:
                at = (step.start_min, step.departure_min, step.arrival_min, step.end_min)
                yield from _outside(facts, at, move.load_id, uln, step.leg_id, f'Load "{move.load_id}"', horizon_min)


def _outside(
    facts: Facts, at: Sequence[int], subject: str, uln: str | None, leg: str | None, what: str, horizon_min: int
) -> Iterator[Finding]:
    first, last = min(at), max(at)
    if first < 0:
        message = f"{what} begins at {facts.label(first)}, {duration(-first)} before the plan's time begins."
        yield Finding(rule="within_horizon", subject=subject, line=uln, leg=leg, minute=first, amount=-first, limit=0,
                      message=message)  # fmt: skip
    if last > horizon_min:
        over_min = last - horizon_min
        message = (
            f"{what} ends at {facts.label(last)}, {duration(over_min)} after the horizon {facts.label(horizon_min)}."
        )
        yield Finding(rule="within_horizon", subject=subject, line=uln, leg=leg, minute=last, amount=over_min,
                      limit=horizon_min, message=message)  # fmt: skip


def _made_for_this_problem(facts: Facts) -> Iterator[Finding]:
    problem, plan = facts.problem, facts.plan
    for what, said, true in (
        ("scenario", plan.scenario_hash, problem.scenario_hash),
        ("case", plan.case, problem.case),
    ):
        if said != true:
            message = (
                f'The plan was made for {what} "{said}", and the problem is {what} "{true}"; check it against its own.'
            )
            yield Finding(rule="well_formed", subject=said, message=message)


def _voyages(facts: Facts) -> Iterator[Finding]:
    seen: set[str] = set()
    for voyage in facts.plan.voyages:
        name = f'Voyage "{voyage.voyage_id}"'
        if voyage.voyage_id in seen:
            yield _fault(voyage, f"{name} is in the plan twice; give each voyage its own id.")
        seen.add(voyage.voyage_id)
        if voyage.asset_id not in facts.problem.asset_of:
            yield _fault(voyage, f'{name} is by asset "{voyage.asset_id}", which the problem does not have.')
        if voyage.leg_id is not None and voyage.leg_id not in facts.problem.leg_of:
            yield _fault(voyage, f'{name} makes leg "{voyage.leg_id}", which the problem does not have.')
    for trip in facts.trips.values():
        yield from _places(facts, trip)


def _places(facts: Facts, trip: Trip) -> Iterator[Finding]:
    """A voyage starts and ends where its leg does, and an empty trip at places of the problem."""
    voyage, leg = trip.voyage, trip.leg
    if leg is not None and (voyage.origin, voyage.destination) != (leg.origin, leg.destination):
        message = (
            f'Voyage "{voyage.voyage_id}" goes from {voyage.origin} to {voyage.destination}, '
            f'but its leg "{leg.leg_id}" from {leg.origin} to {leg.destination}.'
        )
        yield _fault(voyage, message)
    if leg is None:
        for place in (voyage.origin, voyage.destination):
            if place not in facts.problem.site_of:
                yield _fault(
                    voyage, f'Voyage "{voyage.voyage_id}" touches "{place}", which is no place of the problem.'
                )


def _fault(voyage: Voyage, message: str) -> Finding:
    return Finding(rule="well_formed", subject=voyage.asset_id, leg=voyage.leg_id, place=voyage.origin,
                   minute=voyage.load_start_min, message=message)  # fmt: skip


def _moves(facts: Facts) -> Iterator[Finding]:
    problem = facts.problem
    counted = Counter(move.load_id for move in facts.plan.moves)
    for load_id, times in counted.items():
        load = problem.load_of.get(load_id)
        if load is None:
            message = f'The plan moves load "{load_id}", which the problem does not have.'
            yield Finding(rule="well_formed", subject=load_id, message=message)
        elif times > 1:
            message = f'Load "{load_id}" of line "{load.uln}" moves {times} times; a load moves once.'
            yield Finding(
                rule="well_formed", subject=load_id, line=load.uln, amount=times - 1, limit=1, message=message
            )
    voyages = {voyage.voyage_id: voyage for voyage in reversed(facts.plan.voyages)}
    for move in facts.plan.moves:
        load = problem.load_of.get(move.load_id)
        if load is None:
            continue
        if move.itinerary_id not in problem.itinerary_of:
            message = f'Load "{load.load_id}" takes itinerary "{move.itinerary_id}", which the problem does not have.'
            yield Finding(rule="well_formed", subject=load.load_id, line=load.uln, message=message)
        for step in move.steps:
            for message in _step_faults(facts, move, step, voyages.get(step.voyage_id or "")):
                yield _step_fault(load, step, message)


def _step_faults(facts: Facts, move: Move, step: Step, voyage: Voyage | None) -> Iterator[str]:
    name = f'Load "{move.load_id}"'
    times = (step.start_min, step.departure_min, step.arrival_min, step.end_min)
    if step.leg_id not in facts.problem.leg_of:
        yield f'{name} takes leg "{step.leg_id}", which the problem does not have.'
    if step.voyage_id is None:
        if step.start_min != step.departure_min or step.arrival_min != step.end_min:
            yield (
                f'{name} makes leg "{step.leg_id}" itself at {facts.label(step.start_min)}, yet loads or unloads: '
                "it starts when it departs and ends when it arrives."
            )
        return
    if voyage is None:
        yield f'{name} is on voyage "{step.voyage_id}", which the plan does not have.'
        return
    if voyage.leg_id != step.leg_id:
        yield f'{name} takes leg "{step.leg_id}" on voyage "{voyage.voyage_id}", which makes leg "{voyage.leg_id}".'
    if times != (voyage.load_start_min, voyage.departure_min, voyage.arrival_min, voyage.unload_end_min):
        yield (
            f'{name} is on voyage "{voyage.voyage_id}" from {facts.label(step.start_min)} to '
            f"{facts.label(step.end_min)}, and the voyage runs from {facts.label(voyage.load_start_min)} to "
            f"{facts.label(voyage.unload_end_min)}."
        )


def _step_fault(load: Load, step: Step, message: str) -> Finding:
    return Finding(rule="well_formed", subject=load.load_id, line=load.uln, leg=step.leg_id, minute=step.start_min,
                   message=message)  # fmt: skip


def _unmoved(facts: Facts) -> Iterator[Finding]:
    for unmoved in facts.plan.unmoved:
        if unmoved.uln not in facts.problem.line_of:
            message = f'The plan leaves line "{unmoved.uln}" unmoved, which the problem does not have.'
            yield Finding(rule="well_formed", subject=unmoved.uln, message=message)
