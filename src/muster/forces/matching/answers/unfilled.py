"""Why a requirement is not filled: the shortest list of things that would have to be otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from muster.forces.matching.answers.again import Again
from muster.forces.matching.coverage import coverage
from muster.forces.matching.formulation.lifts import Lift, fewest_lifts
from muster.forces.matching.pairing import Hindrance
from muster.forces.matching.part import lay_out
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.split import split


class ReasonKind(StrEnum):
    """What stands between a requirement and its filling."""

    NO_OFFER = "no offer"
    """Nobody offers enough units with the capability and size, whatever else were lifted."""
    CAVEAT = "caveat"
    GATE = "gate"
    READINESS = "readiness"
    NOTICE = "notice"
    PLACE = "place"
    ATTRIBUTE = "attribute"
    ROTATION = "rotation"
    """Units would have to go again before their rest is over."""
    COHESION = "cohesion"
    """The largest number of nations, or the framework nation, keeps units out."""
    LIMIT = "limit"
    """A caveat limits the people of a nation in place."""
    SHORTAGE = "shortage"
    """The units there are serve in requirements that are worth more."""
    NOT_KNOWN = "not known"
    """The time was over before the reasons were found."""


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One thing on a list of reasons.

    Attributes
    ----------
    what
        Id of the caveat or gate; the attribute; the nation for readiness, notice and place; empty where the kind says
        it all.
    """

    kind: ReasonKind
    what: str = ""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A requirement that is short, and the reasons.

    Attributes
    ----------
    short
        Elements missing in each month. Length: the months planned.
    reasons
        Were all of these otherwise, it could be filled with no less coverage elsewhere; no shorter list would do where
        ``is_shortest``.
    """

    requirement_id: str
    short: tuple[int, ...]
    reasons: tuple[Reason, ...]
    is_shortest: bool


def reason_of(hindrance: Hindrance, nation: str) -> Reason:
    """The reason that a hindrance of an offer of a nation stands for."""
    return Reason(ReasonKind(hindrance.kind), hindrance.told_of(nation))


def list_unfilled(again: Again, *, requirement_s: float = 5.0) -> tuple[Unfilled, ...]:
    """Requirements that are short, with their reasons, in the order of the requirements.

    Parameters
    ----------
    requirement_s
        Seconds that the reasons of one requirement may take.
    """
    cover = coverage(again.problem, again.base.matching)
    names = [row.requirement_id for row in again.problem.requirements]
    short = dict(zip(names, map(tuple, (cover.needed - cover.covered).tolist()), strict=True))
    found = {
        unfilled.requirement_id: unfilled
        for part in split(again.problem)
        for unfilled in _of_part(part, again, short, requirement_s)
    }
    return tuple(found[name] for name in names if name in found)


def _of_part(
    part: MatchingProblem, again: Again, short: dict[str, tuple[int, ...]], requirement_s: float
) -> Iterator[Unfilled]:
    missing = [row for row, each in enumerate(part.requirements) if any(short[each.requirement_id])]
    if not missing:
        return
    board = lay_out(part)
    for row in missing:
        name = part.requirements[row].requirement_id
        if again.should_stop():
            yield Unfilled(name, short[name], (Reason(ReasonKind.NOT_KNOWN),), is_shortest=False)
            continue
        lifts = fewest_lifts(board, again.base.matching, row, seconds=requirement_s, should_stop=again.should_stop)
        reasons = tuple(sorted(map(_reason, lifts.lifts)))
        if lifts.is_impossible:
            reasons = (Reason(ReasonKind.NO_OFFER),)
        yield Unfilled(name, short[name], reasons or (Reason(ReasonKind.NOT_KNOWN),), is_shortest=lifts.is_fewest)


def _reason(lift: Lift) -> Reason:
    return Reason(ReasonKind(lift.kind), lift.what)
