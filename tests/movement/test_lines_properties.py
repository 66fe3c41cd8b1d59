"""What holds for the lines of any matched force."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from movement.matched_force import BELFORT, CAMP, KRAKOW, PORT, UNIT_TYPES, day, force, offer, requirement
from muster.forces import Size
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem
from muster.movement.inputs import RequirementLine
from muster.movement.lines import LineTerms, MatchedLines, MoveKind, UnitMove, movement_lines
from muster.movement.lines.reliefs import join_tours

POSTS = (
    requirement("ENG", needed_from=day(0)),
    requirement("BIG", PORT, size=Size.BATTALION, quantity=2, needed_from=day(45), needed_until=day(500)),
)
OFFERS = (
    offer("FRA-ENG", quantity=3, notice_days=0),
    offer("POL-BN", "POL", KRAKOW, size=Size.BATTALION, quantity=2, unit_type="battalion", notice_days=0),
    offer("POL-COY", "POL", KRAKOW, quantity=3, people=77, notice_days=0),
)


def problem() -> MatchingProblem:
    return force(*OFFERS, requirements=POSTS, ratio=1, months=18)


@st.composite
def matchings(draw: st.DrawFn) -> Matching:
    """Tours of each unit one after the other, within the months of need of a post."""
    tours: list[Tour] = []
    for row in OFFERS:
        for unit in range(1, row.quantity + 1):
            month = 0
            while (month := month + draw(st.integers(0, 9))) < problem().months:
                post = draw(st.sampled_from(["ENG"] if month < 2 or month > 15 else ["ENG", "BIG"]))
                last = problem().months if post == "ENG" else 16
                months = draw(st.integers(1, 6))
                tours.append(Tour(row.offer_id, unit, post, month, min(months, last - month) or 1))
                month = tours[-1].end_month
    return Matching(tuple(tours))


terms = st.builds(LineTerms, until_d=st.integers(1, 700), people_per_line=st.integers(20, 500))


def made(matching: Matching, chosen: LineTerms) -> MatchedLines:
    return movement_lines(problem(), matching, unit_types=UNIT_TYPES, terms=chosen)


def line_of(matched: MatchedLines) -> Mapping[str, RequirementLine]:
    return {line.uln: line for line in matched.lines}


@given(matchings(), terms)
def test_every_tour_within_the_window_has_its_arrival_and_its_departure(matching: Matching, chosen: LineTerms) -> None:
    moves = made(matching, chosen).ulns_of
    tours = join_tours(matching)
    straight = {
        tour: next((other for other in tours if _same_unit(tour, other) and other.end_month == tour.first_month), None)
        for tour in tours
    }
    comes = Counter(move.tour for move in moves if move.kind is not MoveKind.HOME)
    goes = Counter(move.tour for move in moves if move.kind is MoveKind.HOME)
    for tour in tours:
        before = straight[tour]
        starts_d = _arrival_d(tour) if before is None else _end_d(before)
        assert comes[tour] == (starts_d < chosen.until_d)
        assert goes[tour] == (_end_d(tour) < chosen.until_d and tour not in straight.values())


@given(matchings(), terms)
def test_people_and_vehicles_are_neither_lost_nor_made(matching: Matching, chosen: LineTerms) -> None:
    matched = made(matching, chosen)
    lines, things = line_of(matched), defaultdict[str, Counter[str]](Counter)
    for item in matched.cargo:
        things[item.uln][item.platform] += item.quantity
    whole: dict[str, Counter[str]] = {}
    for move, ulns in matched.ulns_of.items():
        row = next(row for row in OFFERS if row.offer_id == move.tour.offer_id)
        assert sum(lines[uln].pax or 0 for uln in ulns) == problem().people_of(row)
        brought = sum((things[uln] for uln in ulns), Counter[str]())
        assert brought == whole.setdefault(row.offer_id, brought)
    assert sum(map(len, matched.ulns_of.values())) == len(lines) == len(matched.lines)


@given(matchings(), terms)
def test_a_relief_is_in_place_before_the_unit_that_it_relieves_leaves(matching: Matching, chosen: LineTerms) -> None:
    matched = made(matching, chosen)
    lines = line_of(matched)
    arrivals = {move.tour: ulns for move, ulns in matched.ulns_of.items() if move.kind is not MoveKind.HOME}
    for move, ulns in matched.ulns_of.items():
        awaited = {uln for own in ulns for uln in lines[own].after}
        assert awaited == {uln for tour in move.relieved_by for uln in arrivals[tour]}
        assert all(lines[uln].dest == move.origin for uln in awaited)
        if not any(_is_onward(matched, tour) for tour in move.relieved_by):
            leaves_min = min((lines[uln].rld.offset_min for uln in ulns), default=0)
            assert all(lines[uln].rdd.offset_min <= leaves_min for uln in awaited)


@given(matchings(), terms)
def test_lines_are_ready_after_their_notice_and_before_they_are_due(matching: Matching, chosen: LineTerms) -> None:
    matched = made(matching, chosen)
    for line in matched.lines:
        assert day(-10).offset_min <= line.rld.offset_min < line.rdd.offset_min
        assert line.origin != line.dest
        assert {line.origin, line.dest} <= {BELFORT, KRAKOW, CAMP, PORT}


def _same_unit(one: Tour, other: Tour) -> bool:
    return (one.offer_id, one.unit) == (other.offer_id, other.unit)


def _arrival_d(tour: Tour) -> int:
    """Eight days before the month, or where the need begins."""
    from_d = {"ENG": 0, "BIG": 45}[tour.requirement_id]
    return from_d if tour.start_d <= from_d else tour.start_d - 8


def _end_d(tour: Tour) -> int:
    return min(tour.end_d, {"ENG": 10_000, "BIG": 500}[tour.requirement_id])


def _is_onward(matched: MatchedLines, tour: Tour) -> bool:
    """Whether a unit comes straight from another post: it cannot be there before its tour there ends."""
    kinds: dict[Tour, list[UnitMove]] = defaultdict(list)
    for move in matched.ulns_of:
        kinds[move.tour].append(move)
    return any(move.kind is MoveKind.ONWARD for move in kinds[tour])
