"""Conflicts gathered to what a movement officer acts on: one place or one fleet, day by day, the narrowest first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import Facts, gather
from muster.movement.deconflict.conflicts import Collision, Conflict
from muster.movement.problem import Problem


class ClashKind(StrEnum):
    """What nations want too much of."""

    PLACE = "place"
    """A resource of a place."""
    FLEET = "fleet"
    """Assets of a fleet: voyages that none of them can make."""
    ORDER = "order"
    """Room on a leg, which the less urgent took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashDay:
    """A day on which a place or a fleet is wanted too much.

    Attributes
    ----------
    day
        Days after C-day.
    over
        Most that is wanted over the limit at one time or in one period; of a fleet, voyages that none of its assets can
        make; of an order, loads whose place was taken.
    limit
        What there is; of a fleet, its assets. None where nothing is counted.
    wants
        What each nation wants at the worst time; of a fleet, its voyages that load on that day.
    gives
        What each would have to give in proportion; empty where nothing is counted.
    ulns
        Lines concerned.
    """

    day: int
    conflicts: int
    over: int
    limit: int | None
    wants: Mapping[str, int]
    gives: Mapping[str, int]
    ulns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A place or a fleet that is wanted too much, over the whole move.

    Attributes
    ----------
    subject
        The resource, the fleet, or the leg.
    place
        Where; None for a fleet.
    """

    kind: ClashKind
    subject: str
    place: str | None
    days: tuple[ClashDay, ...]

    @property
    def worth_d(self) -> float:
        """How many days of the whole capacity are wanted too much: what clashes are ranked by."""
        return sum(day.over / max(1, day.limit or 1) for day in self.days)

    @property
    def nations(self) -> tuple[str, ...]:
        """Nations concerned, by code."""
        return tuple(sorted({nation for day in self.days for nation in day.wants}))

    @property
    def ulns(self) -> frozenset[str]:
        """Lines concerned."""
        return frozenset(uln for day in self.days for uln in day.ulns)


def clashes(problem: Problem, collision: Collision) -> tuple[Clash, ...]:
    """Conflicts by place and fleet, and day; the narrowest first."""
    facts = gather(problem, collision.merged)
    grouped: dict[tuple[ClashKind, str, str | None], dict[int, list[Conflict]]] = defaultdict(lambda: defaultdict(list))
    for conflict in collision.conflicts:
        for day in _days(conflict):
            grouped[_key(problem, conflict)][day].append(conflict)
    voyages = _voyages(facts)
    found = [
        Clash(
            kind=kind,
            subject=subject,
            place=place,
            days=tuple(_day(facts, kind, subject, day, days[day], voyages) for day in sorted(days)),
        )
        for (kind, subject, place), days in grouped.items()
    ]
    return tuple(sorted(found, key=lambda clash: (list(ClashKind).index(clash.kind), -clash.worth_d, clash.subject)))


def _key(problem: Problem, conflict: Conflict) -> tuple[ClashKind, str, str | None]:
    if conflict.subject in problem.resource_of:
        return ClashKind.PLACE, conflict.subject, conflict.place
    if conflict.subject in problem.asset_of:
        return ClashKind.FLEET, problem.asset_of[conflict.subject].fleet_id, None
    return ClashKind.ORDER, conflict.place or conflict.subject, conflict.place


def _days(conflict: Conflict) -> Iterator[int]:
    """Days of a conflict: all on which a place is too full, the one on which a voyage begins."""
    first = conflict.start_min // MINUTES_PER_DAY
    yield first
    if conflict.rule in {"node_capacity", "staging_capacity"}:
        yield from range(first + 1, (conflict.end_min - 1) // MINUTES_PER_DAY + 1)


def _day(
    facts: Facts,
    kind: ClashKind,
    subject: str,
    day: int,
    conflicts: Sequence[Conflict],
    voyages: Mapping[tuple[str, int], Mapping[str, int]],
) -> ClashDay:
    ulns = tuple(sorted({uln for conflict in conflicts for uln in conflict.ulns}))
    if kind is ClashKind.PLACE:
        worst = max(conflicts, key=lambda conflict: conflict.amount or 0)
        over, limit = worst.amount or 0, worst.limit
        wants = {share.nation: share.amount or 0 for share in worst.shares}
        gives = {share.nation: share.to_give or 0 for share in worst.shares}
    else:
        over, gives = len(conflicts), {}
        is_fleet = kind is ClashKind.FLEET
        limit = sum(asset.fleet_id == subject for asset in facts.problem.assets) if is_fleet else None
        concerned = sorted({nation for conflict in conflicts for nation in conflict.nations})
        counted = voyages.get((subject, day), {}) if is_fleet else {}
        wants = {nation: counted.get(nation, 0) for nation in concerned}
    return ClashDay(
        day=day, conflicts=len(conflicts), over=over, limit=limit, wants=wants, gives=gives, ulns=ulns
    )  # fmt: skip


def _voyages(facts: Facts) -> Mapping[tuple[str, int], Mapping[str, int]]:
    """Voyages with loads of each nation aboard, by fleet and day on which they load."""
    counted: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for voyage_id, rides in facts.aboard.items():
        trip = facts.trips[voyage_id]
        day = trip.voyage.load_start_min // MINUTES_PER_DAY
        for nation in {ride.line.nation for ride in rides}:
            counted[trip.asset.fleet_id, day][nation] += 1
    return counted
