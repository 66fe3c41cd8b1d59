"""Who wants how much of what a finding is about, and what each would have to give."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks import Finding
from muster.movement.checks.facts import Facts, Trip
from muster.movement.checks.places import Use, list_uses
from muster.movement.problem import Problem, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a nation wants of a thing that is wanted too much.

    Attributes
    ----------
    amount
        How much, in the unit of the rule; None where nothing is counted.
    to_give
        What it would have to give if all gave in proportion to what they want; None where nothing is counted.
    ulns
        Its lines concerned.
    """

    nation: str
    amount: int | None
    to_give: int | None
    ulns: tuple[str, ...]


class Contest:
    """Looks up who is behind a finding about a merged plan."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.uses_of = {resource.resource_id: uses for resource, uses in list_uses(facts)}

    @cached_property
    def trips_of(self) -> Mapping[str, Sequence[Trip]]:
        """Voyages with loads aboard, by asset in order of time."""
        grouped: dict[str, list[Trip]] = defaultdict(list)
        for voyage_id in self.facts.aboard:
            trip = self.facts.trips[voyage_id]
            grouped[trip.asset.asset_id].append(trip)
        for trips in grouped.values():
            trips.sort(key=lambda trip: trip.voyage.load_start_min)
        return grouped

    def shares(self, finding: Finding) -> tuple[int, int, tuple[Share, ...]]:
        """From when until when a thing is wanted too much, and what each nation wants of it, the largest first."""
        minute = finding.minute or 0
        if finding.rule in {"node_capacity", "staging_capacity"}:
            return self._of_place(self.facts.problem.resource_of[finding.subject], minute, finding.amount or 0)
        if finding.subject in self.facts.problem.asset_of:
            return self._of_asset(finding, minute)
        if finding.rule == "priority_order":
            return self._of_order(finding, minute)
        return minute, minute + 1, self._of_lines([] if finding.line is None else [finding.line])

    def _of_place(self, resource: Resource, minute: int, over: int) -> tuple[int, int, tuple[Share, ...]]:
        uses = self.uses_of[resource.resource_id]
        if resource.period_min is not None:
            end_min = minute + resource.period_min
            there = [use for use in uses if minute <= use.start_min < end_min]
        else:
            worst_min, end_min = worst_of(resource, uses, minute)
            there = [use for use in uses if use.start_min <= worst_min < until(use)]
        amounts = by_nation(self.facts.problem, there)
        ulns: dict[str, dict[str, None]] = defaultdict(dict)
        for use in there:
            for uln in use.lines:
                ulns[self._nation(uln)][uln] = None
        gives = in_proportion(over, amounts)
        return minute, end_min, _sorted(
            Share(nation=nation, amount=amount, to_give=gives[nation], ulns=tuple(ulns[nation]))
            for nation, amount in amounts.items()
        )  # fmt: skip

    def _of_asset(self, finding: Finding, minute: int) -> tuple[int, int, tuple[Share, ...]]:
        """Voyages of an asset on a day, or those that overlap with what was promised before them.

        Where all of these are one nation's, others had the other assets of the fleet: voyages of the whole fleet count,
        back to the last one of another nation.
        """
        trips = self.trips_of.get(finding.subject, ())
        if finding.rule == "asset_daily_limit":
            end_min = minute + MINUTES_PER_DAY
            there = [t for t in trips if t.voyage.departure_min < end_min and t.voyage.arrival_min > minute]
        else:
            there = [t for t in trips if t.voyage.load_start_min <= minute < t.voyage.unload_end_min]
            there += [t for t in trips if t.voyage.load_start_min <= minute and t not in there][-1:]
            before = [t for t in self._fleet(finding.subject) if t.voyage.load_start_min <= minute and t not in there]
            while before and len(self._of_lines(self._aboard(there))) < 2:
                there.append(before.pop())
            end_min = max((t.voyage.unload_end_min for t in there), default=minute + 1)
        return minute, end_min, self._of_lines(self._aboard(there))

    def _fleet(self, asset_id: str) -> list[Trip]:
        """Voyages of all assets of a fleet, in order of time."""
        fleet = self.facts.problem.asset_of[asset_id].fleet_id
        trips = [t for own in self.trips_of.values() for t in own if t.asset.fleet_id == fleet]
        return sorted(trips, key=lambda trip: trip.voyage.load_start_min)

    def _aboard(self, trips: Iterable[Trip]) -> list[str]:
        """Lines with a load on voyages."""
        return [ride.line.uln for trip in trips for ride in self.facts.aboard[trip.voyage.voyage_id]]

    def _of_order(self, finding: Finding, minute: int) -> tuple[int, int, tuple[Share, ...]]:
        """The line that waits, and the less urgent ones aboard the voyage on which it had a place."""
        waiting = self.facts.problem.line_of[finding.line or ""]
        ahead = [
            ride.line.uln
            for rides in self.facts.aboard.values()
            for ride in rides
            if ride.leg.leg_id == finding.leg
            and ride.step.departure_min == minute
            and ride.line.priority > waiting.priority
        ]
        return minute, minute + 1, self._of_lines([waiting.uln, *ahead])

    def _of_lines(self, ulns: Iterable[str]) -> tuple[Share, ...]:
        grouped: dict[str, dict[str, None]] = defaultdict(dict)
        for uln in ulns:
            grouped[self._nation(uln)][uln] = None
        return _sorted(Share(nation=n, amount=None, to_give=None, ulns=tuple(own)) for n, own in grouped.items())

    def _nation(self, uln: str) -> str:
        return self.facts.problem.line_of[uln].nation


def by_nation(problem: Problem, uses: Iterable[Use]) -> Mapping[str, int]:
    """How much of a resource each nation uses; what a voyage uses that several share is shared out among them."""
    amounts: dict[str, int] = defaultdict(int)
    for use in uses:
        nations = sorted({problem.line_of[uln].nation for uln in use.lines})
        for place, nation in enumerate(nations):
            amounts[nation] += use.amount // len(nations) + (place < use.amount % len(nations))
    return amounts


def until(use: Use) -> int:
    """The minute from which a use is over."""
    return use.start_min + 1 if use.end_min is None else max(use.end_min, use.start_min)


def worst_of(resource: Resource, uses: Sequence[Use], from_min: int) -> tuple[int, int]:
    """The worst minute of a stretch over capacity that begins at a minute, and the minute at which it ends."""
    changes: dict[int, int] = defaultdict(int)
    for use in uses:
        changes[use.start_min] += use.amount
        changes[until(use)] -= use.amount
    for step in resource.steps:
        changes[step.from_min] += 0
    in_use, worst, worst_min = 0, 0, from_min
    for minute in sorted(changes):
        in_use += changes[minute]
        over = in_use - resource.capacity_at(minute)
        if minute < from_min:
            continue
        if over <= 0:
            return worst_min, minute
        if over > worst:
            worst, worst_min = over, minute
    return worst_min, from_min + 1


def in_proportion(over: int, amounts: Mapping[str, int]) -> Mapping[str, int]:
    """An excess shared out in proportion to amounts, in whole units: largest remainders first."""
    total = max(1, sum(amounts.values()))
    gives = {nation: over * amount // total for nation, amount in amounts.items()}
    left = over - sum(gives.values())
    for nation in sorted(amounts, key=lambda nation: (-(over * amounts[nation] % total), nation))[:left]:
        gives[nation] += 1
    return gives


def _sorted(shares: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda share: (-(share.amount or 0), share.nation)))
