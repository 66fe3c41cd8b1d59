"""Rules about a line as a unit: it joins at the staging area, arrives together, and goes as the planner fixed."""

from collections.abc import Iterator

from muster.movement.checks.borders import touches
from muster.movement.checks.facts import Facts, Ride, Travel, Trip
from muster.movement.checks.finding import Finding, duration
from muster.movement.problem import Override, OverrideKind


def rsom_join(facts: Facts) -> Iterator[Finding]:
    r"""Keep a line at its staging area until all of it has come and been integrated, and bring it there in one window.

    .. math:: s_{i,\text{onward}} \ge \max_j e_{j,\text{staging}} + g_\ell,\quad
              \max_j e_{j,\text{staging}} - \min_j e_{j,\text{staging}} \le w_\ell

    Why: people without their vehicles, and vehicles without their people, are a queue and not a unit.
    """
    for line in facts.problem.lines:
        staged = [(travel, travel.staged_min) for travel in facts.travels_of[line.uln]]
        arrivals = {travel.load.load_id: minute for travel, minute in staged if minute is not None}
        if line.staging is None or not arrivals:
            continue
        last = max(arrivals, key=arrivals.__getitem__)
        first_min, last_min = min(arrivals.values()), arrivals[last]
        over_min = last_min - first_min - line.join_window_min
        if over_min > 0:
            message = (
                f'Line "{line.uln}" reaches {line.staging} from {facts.label(first_min)} to {facts.label(last_min)}, '
                f'{duration(over_min)} over its join window of {duration(line.join_window_min)}; last is load "{last}".'
            )
            yield Finding(rule="rsom_join", subject=line.uln, line=line.uln, place=line.staging, minute=last_min,
                          amount=over_min, limit=line.join_window_min, message=message)  # fmt: skip
        for travel in facts.travels_of[line.uln]:
            yield from _moves_on_early(facts, travel, last, last_min + line.integration_min)


def predecessors_closed(facts: Facts) -> Iterator[Finding]:
    r"""Keep every load where it is until all lines that its line waits for have closed.

    .. math:: s_{i1} \ge C_k \quad \forall k \in \text{after}_\ell

    Why: the main body finds no port where the unit that opens it is still on the way.
    """
    for travel in facts.travels.values():
        for uln in travel.line.after if travel.move.steps else ():
            yield from _sets_out_early(facts, travel, uln)


def unit_cohesion(facts: Facts) -> Iterator[Finding]:
    r"""Keep the arrivals of a line at its destination within its cohesion window.

    .. math:: \max_i e_i - \min_i e_i \le h_\ell

    Why: a unit that trickles in is of no use to its commander until the last of it is there.
    """
    for line in facts.problem.lines:
        arrivals = {travel.load.load_id: travel.reached_min for travel in facts.travels_of[line.uln]}
        if not arrivals:
            continue
        last = max(arrivals, key=arrivals.__getitem__)
        first_min, last_min = min(arrivals.values()), arrivals[last]
        over_min = last_min - first_min - line.cohesion_window_min
        if over_min > 0:
            message = (
                f'Line "{line.uln}" reaches {line.destination} from {facts.label(first_min)} to '
                f"{facts.label(last_min)}, {duration(over_min)} over its cohesion window of "
                f'{duration(line.cohesion_window_min)}; last is load "{last}".'
            )
            yield Finding(rule="unit_cohesion", subject=line.uln, line=line.uln, place=line.destination,
                          minute=last_min, amount=over_min, limit=line.cohesion_window_min,
                          message=message)  # fmt: skip


def overrides(facts: Facts) -> Iterator[Finding]:
    r"""Keep what the planner fixed: pinned and forbidden places, assets, and starts.

    .. math:: s_{i1} = \text{start} \quad \text{(lock)};\qquad
              \text{place} \in, \notin \text{way}_i \quad \text{(pin, forbid)};\qquad
              m_v = \text{asset} \quad \text{(fix)}

    Why: a planner who fixes a ship knows something that the tables do not say.
    """
    for override in facts.problem.overrides:
        for travel in facts.travels.values():
            if is_bound(travel, override):
                yield from _KEPT[override.kind](facts, travel, override)


def is_bound(travel: Travel, override: Override) -> bool:
    """Whether a load meets every condition that the override gives."""
    return (
        override.uln in (None, travel.line.uln)
        and override.nation in (None, travel.line.nation)
        and override.cargo in (None, travel.load.cargo)
    )


def is_fixed_elsewhere(facts: Facts, trip: Trip, override: Override) -> bool:
    """Whether the override fixes another asset of this voyage's carrier."""
    fixed = facts.problem.asset_of.get(override.asset or "")
    if override.kind is not OverrideKind.FIX_ASSET or fixed is None or fixed is trip.asset:
        return False
    return facts.problem.asset_type_of[fixed.asset_type_id].carrier is trip.kind.carrier


def _moves_on_early(facts: Facts, travel: Travel, last: str, due_min: int) -> Iterator[Finding]:
    step, line = travel.onward, travel.line
    if step is None or step.start_min >= due_min:
        return
    early_min = due_min - step.start_min
    message = (
        f'Load "{travel.load.load_id}" moves on from {line.staging} at {facts.label(step.start_min)}, '
        f'{duration(early_min)} before line "{line.uln}" has joined and integrated at {facts.label(due_min)}; '
        f'last came load "{last}".'
    )
    yield Finding(rule="rsom_join", subject=travel.load.load_id, line=line.uln, leg=step.leg_id, place=line.staging,
                  minute=step.start_min, amount=early_min, limit=due_min, message=message)  # fmt: skip


def _sets_out_early(facts: Facts, travel: Travel, ahead: str) -> Iterator[Finding]:
    step, line, closed_min = travel.move.steps[0], travel.line, facts.closed_min(ahead)
    if not facts.problem.line_of[ahead].loads or (closed_min is not None and step.start_min >= closed_min):
        return
    early_min = None if closed_min is None else closed_min - step.start_min
    closes = (
        "which does not move"
        if closed_min is None or early_min is None
        else f"{duration(early_min)} before it closes at {facts.label(closed_min)}"
    )
    message = (
        f'Load "{travel.load.load_id}" starts from {line.origin} at {facts.label(step.start_min)}, but its line '
        f'"{line.uln}" waits for line "{ahead}", {closes}.'
    )
    yield Finding(rule="predecessors_closed", subject=travel.load.load_id, line=line.uln, leg=step.leg_id,
                  place=line.origin, minute=step.start_min, amount=early_min, limit=closed_min,
                  message=message)  # fmt: skip


def _passes(ride: Ride, override: Override) -> bool:
    is_by_mode = override.mode in (None, ride.leg.mode)
    return is_by_mode and override.place is not None and touches(ride.leg, override.place)


def _pinned(facts: Facts, travel: Travel, override: Override) -> Iterator[Finding]:
    if not any(_passes(ride, override) for ride in travel.rides):
        by = f" by {override.mode}" if override.mode else ""
        message = (
            f'Load "{travel.load.load_id}" does not pass {override.place}{by} on its way from '
            f'{_started(facts, travel)}, which override "{override.override_id}" pins.'
        )
        yield _broken(travel, None, override, message)


def _forbidden(facts: Facts, travel: Travel, override: Override) -> Iterator[Finding]:
    for ride in travel.rides:
        if _passes(ride, override):
            message = (
                f'Load "{travel.load.load_id}" passes {override.place} on leg "{ride.leg.leg_id}" at '
                f'{facts.label(ride.step.start_min)}, which override "{override.override_id}" forbids.'
            )
            yield _broken(travel, ride, override, message)


def _fixed(facts: Facts, travel: Travel, override: Override) -> Iterator[Finding]:
    for ride in travel.rides:
        if ride.trip is not None and is_fixed_elsewhere(facts, ride.trip, override):
            message = (
                f'Load "{travel.load.load_id}" is on asset "{ride.trip.asset.asset_id}" at '
                f'{facts.label(ride.step.start_min)}, but override "{override.override_id}" fixes "{override.asset}".'
            )
            yield _broken(travel, ride, override, message)


def _locked(facts: Facts, travel: Travel, override: Override) -> Iterator[Finding]:
    if not travel.rides or override.start_min is None:
        return
    ride = travel.rides[0]
    off_min = abs(ride.step.start_min - override.start_min)
    if off_min:
        message = (
            f'Load "{travel.load.load_id}" starts at {facts.label(ride.step.start_min)}, {duration(off_min)} off '
            f'the start {facts.label(override.start_min)} that override "{override.override_id}" locks.'
        )
        yield _broken(travel, ride, override, message, amount=off_min, limit=override.start_min)


_KEPT = {
    OverrideKind.PIN: _pinned,
    OverrideKind.FORBID: _forbidden,
    OverrideKind.FIX_ASSET: _fixed,
    OverrideKind.LOCK: _locked,
}


def _started(facts: Facts, travel: Travel) -> str:
    when = f" at {facts.label(travel.move.steps[0].start_min)}" if travel.move.steps else ""
    return f"{travel.line.origin}{when}"


def _broken(
    travel: Travel,
    ride: Ride | None,
    override: Override,
    message: str,
    amount: int | None = None,
    limit: int | None = None,
) -> Finding:
    steps = travel.move.steps
    return Finding(
        rule="overrides",
        subject=travel.load.load_id,
        line=travel.line.uln,
        leg=None if ride is None else ride.leg.leg_id,
        place=override.place or (travel.line.origin if ride is None else ride.leg.origin),
        minute=ride.step.start_min if ride is not None else steps[0].start_min if steps else None,
        amount=amount,
        limit=limit,
        message=message,
    )
