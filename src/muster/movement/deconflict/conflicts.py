"""Where the plans of nations collide: breaches of the merged plan that no nation's plan has by itself.

A nation's plan by itself is checked as if it were alone on the network. What is wrong with it then is its own fault and
is told apart; everything else that the checks say of the merged plan is a conflict.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from muster.movement.checks import Finding, check
from muster.movement.checks.facts import gather
from muster.movement.deconflict.contest import Contest, Share
from muster.movement.deconflict.merging import merge
from muster.movement.deconflict.nations import lines_by_nation, of_nation
from muster.movement.deconflict.telling import tell
from muster.movement.plan import Plan
from muster.movement.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One thing that nations cannot all have.

    Attributes
    ----------
    rule
        The rule that the merged plan breaks, as in ``docs/formulation/movement.md``.
    subject
        The resource or asset that is wanted too much, or the load whose place was taken.
    place
        Where; None where it does not matter.
    start_min, end_min
        When it is wanted, ``[start_min, end_min)`` in minutes after C-day.
    amount, limit
        How much over how much, in the unit of the rule; None where nothing is counted.
    shares
        What each nation wants of it, the largest first.
    message
        All this in words.
    """

    rule: str
    subject: str
    place: str | None
    start_min: int
    end_min: int
    amount: int | None
    limit: int | None
    shares: tuple[Share, ...]
    message: str

    @property
    def nations(self) -> tuple[str, ...]:
        """Nations concerned, by code."""
        return tuple(sorted(share.nation for share in self.shares))

    @property
    def ulns(self) -> frozenset[str]:
        """Lines concerned."""
        return frozenset(uln for share in self.shares for uln in share.ulns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """Plans of nations laid over each other.

    Attributes
    ----------
    merged
        All of them as one plan.
    own_faults
        What is wrong with a nation's plan by itself; a nation with nothing wrong has no entry.
    conflicts
        What is wrong only because others are there too, in the order of the rules; what a rule says of one thing at one
        minute, such as a voyage that overlaps and starts elsewhere too, is one conflict.
    """

    merged: Plan
    own_faults: Mapping[str, tuple[Finding, ...]]
    conflicts: tuple[Conflict, ...]

    @property
    def ulns(self) -> frozenset[str]:
        """Lines in any conflict."""
        return frozenset(uln for conflict in self.conflicts for uln in conflict.ulns)


def collide(problem: Problem, plans: Mapping[str, Plan]) -> Collision:
    """Lay plans of nations over each other, and find every conflict.

    Parameters
    ----------
    plans
        By nation, as :func:`muster.movement.deconflict.merging.merge` takes them.
    """
    merged = merge(problem, plans)
    contest = Contest(gather(problem, merged))
    own = {nation: _alone(problem, nation, plans) for nation in lines_by_nation(problem) if nation in plans}
    known = {_identity(finding) for findings in own.values() for finding in findings}
    found: dict[tuple[object, ...], Finding] = {}
    for finding in check(problem, merged):
        if _identity(finding) not in known:
            found.setdefault((finding.rule, finding.subject, finding.minute), finding)
    return Collision(
        merged=merged,
        own_faults={nation: findings for nation, findings in own.items() if findings},
        conflicts=tuple(_conflict(problem, contest, finding) for finding in found.values()),
    )


def _alone(problem: Problem, nation: str, plans: Mapping[str, Plan]) -> tuple[Finding, ...]:
    """What the checks say of a nation's plan by itself."""
    own = of_nation(problem, nation)
    return check(own, merge(own, {nation: plans[nation]}))


def _identity(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same, whatever voyages are called."""
    return (
        finding.rule, finding.subject, finding.line, finding.leg, finding.place, finding.minute, finding.amount,
        finding.limit,
    )  # fmt: skip


def _conflict(problem: Problem, contest: Contest, finding: Finding) -> Conflict:
    start_min, end_min, shares = contest.shares(finding)
    return Conflict(
        rule=finding.rule,
        subject=finding.subject,
        place=finding.place,
        start_min=start_min,
        end_min=end_min,
        amount=finding.amount,
        limit=finding.limit,
        shares=shares,
        message=tell(problem, finding, (start_min, end_min), shares),
    )
