"""Making the machine code of the matching once, so that no time limit pays for it."""

from functools import cache

from muster.forces.matching.compiled import note_made
from muster.forces.matching.part import lay_out, solve_part, start_search
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem, Rotation
from muster.forces.offers import Offer, OfferStatus, PlaceAllowed
from muster.forces.requirements import Component, Requirement, Size
from muster.measures import DayMark, DayOffset, Timeline


@cache
def make_machine_code() -> None:
    """Make it where it is not there yet, which takes about half a minute, and load it, which takes a second."""
    board = lay_out(_smallest())
    solve_part(board, seed=1, seconds=0.1)
    start_search(board, Matching(()), lost=(), seed=1, rounds=1)
    note_made()


def _smallest() -> MatchingProblem:
    """One offer for one requirement, twice: enough to call everything."""
    at_once = DayOffset(DayMark.C, 0)
    return MatchingProblem(
        title="smallest",
        case="",
        scenario_hash="",
        timeline=Timeline(),
        months=6,
        rotation=Rotation(ratio=2, tour_months=1, overlap_d=0, deploy_d=0),
        nations=(),
        requirements=tuple(
            Requirement(
                requirement_id=name,
                name=name,
                capability="any",
                size=Size.TEAM,
                quantity=2,
                people=1,
                place="here",
                needed_from=at_once,
                criticality=1,
                component=Component.LAND,
                framework=framework,
            )
            for name, framework in (("led", "AAA"), ("free", None))
        ),
        offers=tuple(
            Offer(
                offer_id=nation,
                nation=nation,
                capability="any",
                size=Size.TEAM,
                quantity=2,
                people=1,
                notice_days=0,
                place_allowed=PlaceAllowed.IN_COUNTRY,
                status=OfferStatus.FORMAL,
            )
            for nation in ("AAA", "BBB")
        ),
        caveats=(),
        gates=(),
        activations=(),
        countries={"here": "CCC"},
        people_by_type={},
        status_likelihood={},
    )
