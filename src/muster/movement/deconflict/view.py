"""What a nation may see of a deconfliction: its own lines, and shared places and fleets with others as one figure.

Lines belong to their nation and carry its label; what is not releasable to a nation is summed up before it gets here,
by place or fleet and day, and never by nation. Empty trips are nobody's and are left out, voyages are numbered anew,
and reasons that name other lines are told in other words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from muster.disclosure import Label, Marking
from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import gather
from muster.movement.checks.places import Use, list_uses
from muster.movement.deconflict.agreeing import Proposal
from muster.movement.deconflict.burden import Burden
from muster.movement.deconflict.clashes import Clash, ClashKind
from muster.movement.deconflict.conflicts import Collision
from muster.movement.deconflict.contest import until
from muster.movement.deconflict.nations import NO_ROOM, label_of, of_nation, part_of
from muster.movement.plan import Plan, Unmoved
from muster.movement.problem import Problem, Resource
from muster.movement.replan.changes import LineChange, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClash:
    """A place or fleet that a nation and others want too much, on a day.

    Attributes
    ----------
    own, others
        What the nation wants, and all others together; of a fleet, voyages.
    to_give
        What the nation would have to give in proportion; None where nothing is counted.
    ulns
        Lines of the nation concerned.
    """

    kind: ClashKind
    subject: str
    place: str | None
    day: int
    own: int
    others: int
    over: int
    limit: int | None
    to_give: int | None
    ulns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUse:
    """What a nation and all others together use of a place on a day of the joint plan.

    In all where the place counts by the day; else at the fullest minute at which the nation is there itself.
    """

    resource_id: str
    place: str
    day: int
    own: int
    others: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NationView:
    """What a nation may see.

    Attributes
    ----------
    label
        Of everything in the view.
    problem
        Its own lines on the whole network.
    before, after
        Its own plan, and its part of the joint plan: loaded voyages with its loads aboard.
    own_faults
        What is wrong with its own plan by itself.
    """

    nation: str
    label: Label
    problem: Problem
    before: Plan
    after: Plan
    burden: Burden
    own_faults: tuple[str, ...]
    clashes: tuple[OwnClash, ...]
    uses: tuple[SharedUse, ...]
    changes: tuple[LineChange, ...]


def views(
    problem: Problem, plans: Mapping[str, Plan], collision: Collision, found: Sequence[Clash], proposal: Proposal
) -> Iterator[NationView]:
    """What each nation may see, nations by code."""
    uses = list_uses(gather(problem, proposal.plan))
    for burden in proposal.burdens:
        nation = burden.nation
        own = of_nation(problem, nation)
        before = part_of(problem, nation, plans.get(nation, collision.merged))
        after = part_of(problem, nation, proposal.plan)
        after = replace(after, unmoved=tuple(Unmoved(uln=unmoved.uln, reason=NO_ROOM) for unmoved in after.unmoved))
        yield NationView(
            nation=nation,
            label=Label(owner=nation, marking=Marking.RESTRICTED, releasable_to=frozenset({nation})),
            problem=own,
            before=before,
            after=after,
            burden=burden,
            own_faults=tuple(f"{f.rule}: {f.message}" for f in collision.own_faults.get(nation, ())),
            clashes=tuple(_own_clashes(problem, nation, found)),
            uses=tuple(_shared(problem, nation, uses)),
            changes=compare(own, before, after).lines,
        )


def _own_clashes(problem: Problem, nation: str, found: Sequence[Clash]) -> Iterator[OwnClash]:
    """Clashes in which a nation is, day by day; of the others the sum."""
    for clash in found:
        for day in clash.days:
            own_ulns = tuple(uln for uln in day.ulns if label_of(problem.line_of[uln]).is_releasable_to(nation))
            if nation not in day.wants:
                continue
            own = day.wants[nation]
            yield OwnClash(
                kind=clash.kind,
                subject=clash.subject,
                place=clash.place,
                day=day.day,
                own=own,
                others=sum(day.wants.values()) - own,
                over=day.over,
                limit=day.limit,
                to_give=day.gives.get(nation),
                ulns=own_ulns,
            )


def _shared(problem: Problem, nation: str, uses: Sequence[tuple[Resource, list[Use]]]) -> Iterator[SharedUse]:
    """Places that a nation uses, on the days on which it does."""
    for resource, there in uses:
        own = [use for use in there if _is_own(problem, nation, use)]
        for day in sorted({day for use in own for day in _days(use)}):
            held = _fullest(problem, nation, resource, [use for use in there if day in _days(use)])
            own_amount = sum(use.amount for use in held if _is_own(problem, nation, use))
            yield SharedUse(
                resource_id=resource.resource_id,
                place=resource.place,
                day=day,
                own=own_amount,
                others=sum(use.amount for use in held) - own_amount,
                capacity=resource.capacity_at(day * MINUTES_PER_DAY),
            )


def _is_own(problem: Problem, nation: str, use: Use) -> bool:
    """Whether a nation has a load aboard; what several share is its own too."""
    return any(problem.line_of[uln].nation == nation for uln in use.lines)


def _days(use: Use) -> range:
    return range(use.start_min // MINUTES_PER_DAY, (until(use) - 1) // MINUTES_PER_DAY + 1)


def _fullest(problem: Problem, nation: str, resource: Resource, uses: Sequence[Use]) -> Sequence[Use]:
    """Uses that count together: all of the day where a place counts, else those at the fullest minute of a nation's."""
    if resource.period_min is not None:
        return uses
    at_once = ([use for use in uses if use.start_min <= other.start_min < until(use)] for other in uses)
    with_own = (held for held in at_once if any(_is_own(problem, nation, use) for use in held))
    return max(with_own, key=lambda held: sum(use.amount for use in held), default=[])
