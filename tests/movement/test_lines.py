"""Lines of matched forces small enough to work out by hand."""

from dataclasses import replace
from typing import Any

from movement.matched_force import (
    BELFORT,
    CAMP,
    KRAKOW,
    PORT,
    UNIT_TYPES,
    day,
    force,
    offer,
    requirement,
    tours,
)
from muster.forces import Size
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem
from muster.movement.inputs import CargoItem, RequirementLine
from muster.movement.lines import LineTerms, MatchedLines, Shortfall, movement_lines, staging_areas


def lines_of(problem: MatchingProblem, matching: Matching, **terms: Any) -> MatchedLines:
    return movement_lines(problem, matching, unit_types=UNIT_TYPES, terms=LineTerms(**terms))


def dates(matched: MatchedLines) -> dict[str, tuple[str, str, str, str]]:
    """Ready date, required date, origin and destination of each line."""
    return {line.uln: (str(line.rld), str(line.rdd), line.origin, line.dest) for line in matched.lines}


def test_a_company_that_is_first_at_its_post_is_one_line_with_all_that_it_holds() -> None:
    matched = lines_of(force(offer("FRA-ENG")), tours(("FRA-ENG", 1, 0, 6)), until_d=100)
    assert matched.lines == (
        RequirementLine(
            uln="FRA-ENG-01-E-01",
            nation="FRA",
            name="Company, unit 1, entry",
            priority=2,
            rld=day(-5),
            rdd=day(20),
            origin=BELFORT,
            dest=CAMP,
            unit_type="company",
            pax=120,
        ),
    )
    assert matched.cargo == tuple(
        CargoItem(uln="FRA-ENG-01-E-01", platform=platform, quantity=quantity)
        for platform, quantity in (("lmv", 5), ("truck-6x6", 12), ("container-20", 4), ("pallet-463l", 2))
    )
    assert matched.shortfalls == ()


def test_a_battalion_is_cut_into_increments_and_its_containers_go_apart() -> None:
    battalion = offer("ENG", unit_type="battalion", size=Size.BATTALION)
    matched = lines_of(force(battalion), tours(("ENG", 2, 0, 6)), until_d=100, people_per_line=130)
    assert [(line.uln, line.parent_uln, line.name, line.pax) for line in matched.lines] == [
        ("FRA-ENG-02-E-01", None, "Battalion, unit 2, entry, part 1 of 3", 133),
        ("FRA-ENG-02-E-02", "FRA-ENG-02-E-01", "Battalion, unit 2, entry, part 2 of 3", 133),
        ("FRA-ENG-02-E-03", "FRA-ENG-02-E-01", "Battalion, unit 2, entry, part 3 of 3", 134),
        ("FRA-ENG-02-E-S", "FRA-ENG-02-E-01", "Battalion, unit 2, entry, stores", 0),
    ]
    assert {(item.uln[-2:], item.platform, item.quantity) for item in matched.cargo} == {
        ("01", "truck-6x6", 14),
        ("02", "truck-6x6", 14),
        ("03", "truck-6x6", 14),
        ("03", "lmv", 1),
        ("-S", "container-20", 10),
    }


def test_units_without_stores_leave_containers_and_pallets_to_the_supply() -> None:
    problem = force(offer("COY"), offer("BN", unit_type="battalion", size=Size.BATTALION))
    matched = movement_lines(
        problem,
        tours(("COY", 1, 0, 6), ("BN", 1, 0, 6)),
        unit_types=UNIT_TYPES,
        terms=LineTerms(with_stores=False, people_per_line=200, until_d=100),
    )
    assert [line.uln for line in matched.lines] == ["FRA-BN-01-E-01", "FRA-BN-01-E-02", "FRA-COY-01-E-01"]
    assert {item.platform for item in matched.cargo} == {"truck-6x6", "lmv"}


def test_a_relief_is_due_before_the_tour_ends_and_the_relieved_company_waits_for_it() -> None:
    problem = force(offer("FRA-ENG"), offer("POL-ENG", "POL", KRAKOW))
    matched = lines_of(problem, tours(("FRA-ENG", 1, 0, 6), ("POL-ENG", 1, 6, 6)))
    assert dates(matched) == {
        "FRA-ENG-01-E-01": ("C-5", "C+20", BELFORT, CAMP),
        "FRA-ENG-01-H-01": ("C+182", "C+194", CAMP, BELFORT),
        "POL-ENG-01-R1-01": ("C+162", "C+174", KRAKOW, CAMP),
    }
    _, home, relief = matched.lines
    assert home.after == ("POL-ENG-01-R1-01",)
    assert (home.priority, relief.priority) == (3, 2)
    assert relief.name == "Company, unit 1, relief in place 1"


def test_a_battalion_leaves_increment_by_increment_as_its_relief_arrives() -> None:
    battalion = offer("FRA-ENG", unit_type="battalion", size=Size.BATTALION)
    small = offer("POL-ENG", "POL", KRAKOW, size=Size.BATTALION, people=180, unit_type="battalion")
    problem = force(battalion, small, requirements=(requirement(size=Size.BATTALION),))
    matched = lines_of(problem, tours(("FRA-ENG", 1, 0, 6), ("POL-ENG", 1, 6, 6)))
    assert {line.uln: line.after for line in matched.lines if line.after} == {
        "FRA-ENG-01-H-01": ("POL-ENG-01-R1-01",),
        "FRA-ENG-01-H-02": ("POL-ENG-01-R1-01", "POL-ENG-01-R1-02"),
        "FRA-ENG-01-H-03": ("POL-ENG-01-R1-02",),
        "FRA-ENG-01-H-04": ("POL-ENG-01-R1-02", "POL-ENG-01-R1-S"),
        "FRA-ENG-01-H-S": ("POL-ENG-01-R1-S",),
    }


def test_companies_relieve_a_battalion_together_and_their_own_nation_first() -> None:
    problem = force(
        offer("CAN", "CAN"),
        offer("FRA-BN", size=Size.BATTALION),
        offer("FRA-COY"),
        offer("POL", "POL", KRAKOW),
        requirements=(requirement(size=Size.COMPANY, quantity=5),),
    )
    rows = (("CAN", 1, 6, 6), ("FRA-BN", 1, 0, 6), ("FRA-COY", 1, 6, 6), ("FRA-COY", 2, 6, 6), ("POL", 1, 0, 6))
    matched = lines_of(problem, tours(*rows))
    homes = {line.uln: line.after for line in matched.lines if "-H-" in line.uln}
    assert homes == {
        "FRA-BN-01-H-01": ("CAN-01-R1-01", "FRA-COY-01-R1-01", "FRA-COY-02-R1-01"),
        "POL-01-H-01": (),
    }


def test_a_unit_comes_again_after_others_and_its_lines_have_names_of_their_own() -> None:
    rows = (("FRA-ENG", 1, 0, 6), ("FRA-ENG", 2, 6, 6), ("FRA-ENG", 1, 12, 6))
    matched = lines_of(force(offer("FRA-ENG"), ratio=2), tours(*rows), until_d=700)
    assert sorted(dates(matched)) == [
        "FRA-ENG-01-E-01",
        "FRA-ENG-01-H-01",
        "FRA-ENG-01.2-H-01",
        "FRA-ENG-01.2-R2-01",
        "FRA-ENG-02-H-01",
        "FRA-ENG-02-R1-01",
    ]


def test_a_unit_whose_next_tour_follows_at_once_stays_or_goes_from_post_to_post() -> None:
    posts = (requirement("ENG"), requirement("PORT", PORT, criticality=4))
    matching = Matching(
        (Tour("FRA-ENG", 1, "ENG", 0, 3), Tour("FRA-ENG", 1, "ENG", 3, 3), Tour("FRA-ENG", 1, "PORT", 6, 6))
    )
    matched = lines_of(force(offer("FRA-ENG"), requirements=posts, ratio=1), matching, until_d=400)
    assert dates(matched) == {
        "FRA-ENG-01-E-01": ("C-5", "C+20", BELFORT, CAMP),
        "FRA-ENG-01.2-O-01": ("C+182", "C+194", CAMP, PORT),
        "FRA-ENG-01.2-H-01": ("C+365", "C+377", PORT, BELFORT),
    }


def test_units_that_change_posts_do_not_wait_for_each_other() -> None:
    posts = (requirement("ENG"), requirement("PORT", PORT))
    matching = Matching(
        (
            Tour("FRA-ENG", 1, "ENG", 0, 6),
            Tour("FRA-ENG", 1, "PORT", 6, 6),
            Tour("FRA-ENG", 2, "PORT", 0, 6),
            Tour("FRA-ENG", 2, "ENG", 6, 6),
        )
    )
    matched = lines_of(force(offer("FRA-ENG"), requirements=posts, ratio=1), matching)
    assert [line.uln for line in matched.lines if "-O-" in line.uln] == ["FRA-ENG-01.2-O-01", "FRA-ENG-02.2-O-01"]
    assert all(line.after == () for line in matched.lines)


def test_a_unit_goes_home_when_the_need_ends_and_not_because_the_plan_ends() -> None:
    posts = (requirement("ENG", needed_until=day(100)), requirement("PORT", PORT))
    matching = Matching((Tour("FRA-ENG", 1, "ENG", 0, 4), Tour("FRA-ENG", 2, "PORT", 18, 6)))
    matched = lines_of(force(offer("FRA-ENG"), requirements=posts), matching, until_d=730, home_d=7)
    assert dates(matched) == {
        "FRA-ENG-01-E-01": ("C-5", "C+20", BELFORT, CAMP),
        "FRA-ENG-01-H-01": ("C+100", "C+107", CAMP, BELFORT),
        "FRA-ENG-02-E-01": ("C+509", "C+539", BELFORT, PORT),
    }


def test_the_window_takes_arrivals_and_ends_of_tours_before_its_day() -> None:
    problem, matching = force(offer("FRA-ENG")), tours(("FRA-ENG", 1, 0, 6), ("FRA-ENG", 2, 6, 6))
    assert list(dates(lines_of(problem, matching, until_d=20))) == []
    assert list(dates(lines_of(problem, matching, until_d=174))) == ["FRA-ENG-01-E-01"]
    assert list(dates(lines_of(problem, matching, until_d=182))) == ["FRA-ENG-01-E-01", "FRA-ENG-02-R1-01"]


def test_a_first_unit_sets_out_at_most_so_many_days_early_and_never_before_its_notice_is_over() -> None:
    problem, matching = force(offer("FRA-ENG", notice_days=14)), tours(("FRA-ENG", 1, 3, 6))
    ready = {early_d: str(lines_of(problem, matching, early_d=early_d).lines[0].rld) for early_d in (0, 30, 500)}
    assert ready == {0: "C+71", 30: "C+53", 500: "C+4"}


def test_an_increment_without_vehicles_names_no_unit_type_for_it_would_take_all_that_the_type_holds() -> None:
    matched = lines_of(force(offer("FRA-ENG", unit_type="team")), tours(("FRA-ENG", 1, 0, 6)), people_per_line=10)
    assert [(line.pax, line.unit_type) for line in matched.lines[:2]] == [(10, None), (10, None)]
    assert matched.cargo == ()


def test_an_offer_of_fewer_people_brings_vehicles_in_proportion() -> None:
    matched = lines_of(force(offer("FRA-ENG", people=60)), tours(("FRA-ENG", 1, 0, 6)), until_d=100)
    assert {item.platform: item.quantity for item in matched.cargo} == {
        "truck-6x6": 6,
        "lmv": 2,
        "container-20": 2,
        "pallet-463l": 1,
    }


def test_everything_that_keeps_units_from_lines_comes_back_together() -> None:
    problem = force(
        offer("A", home=None),
        offer("B", unit_type=None, people=50),
        offer("C", unit_type="unheard-of", people=50),
        offer("D", home=None, unit_type=None),
        offer("E", notice_days=None),
        offer("F", size=Size.SHIP, home=None),
        offer("G", home=CAMP),
        offer("H", notice_days=40),
    )
    matching = tours(*((name, 1, 0, 6) for name in "ABCDEFGH"))
    matched = lines_of(problem, matching)
    assert [line.uln for line in matched.lines] == [
        "FRA-B-01-E-01",
        "FRA-B-01-H-01",
        "FRA-C-01-E-01",
        "FRA-C-01-H-01",
        "FRA-E-01-H-01",
        "FRA-H-01-H-01",
    ]
    assert [str(shortfall) for shortfall in matched.shortfalls] == [
        'Offer "A" has no lines (2 moves): it names no home. Fill home in offers.csv.',
        'Offer "B" brings no vehicles (2 moves): it names no unit type. Fill unit_type in offers.csv.',
        (
            'Offer "C" brings no vehicles (2 moves): its unit type "unheard-of" is not known. '
            "Add it to unit_types.csv and holdings.csv."
        ),
        'Offer "D" has no lines (2 moves): it names no home. Fill home in offers.csv.',
        (
            'Offer "D" has no lines (2 moves): nobody says how many people a unit of it has. '
            "Fill people or unit_type in offers.csv."
        ),
        (
            'Offer "E" has no lines (one move): its notice to move, or the order of its nation, is not known. '
            "Fill notice_days in offers.csv, or give the order a day in activations.csv."
        ),
        'Offer "F" has no lines (2 moves): a ship sails itself and needs no lift.',
        'Offer "G" has no lines (2 moves): it serves where it is already.',
        (
            'Offer "H" has no lines (one move): it is ready on C+30 and must be in place on C+20. '
            "Match again, or shorten its notice to move."
        ),
    ]


def test_a_relieved_unit_does_not_wait_for_a_relief_without_lines() -> None:
    problem = force(offer("FRA-ENG"), offer("POL-ENG", "POL", home=None))
    matched = lines_of(problem, tours(("FRA-ENG", 1, 0, 6), ("POL-ENG", 1, 6, 6)))
    assert {line.uln: line.after for line in matched.lines} == {"FRA-ENG-01-E-01": (), "FRA-ENG-01-H-01": ()}
    assert matched.shortfalls == (
        Shortfall("POL-ENG", False, "it names no home.", "Fill home in offers.csv.", moves=1),
    )


def test_units_take_the_staging_areas_of_their_destination_in_turn_on_the_way_there() -> None:
    matched = movement_lines(
        force(offer("FRA-ENG"), requirements=(requirement(quantity=3),)),
        tours(*(("FRA-ENG", unit, 0, 6) for unit in (1, 2, 3))),
        unit_types=UNIT_TYPES,
        staging={CAMP: ("PLRZE", "PL-LUBLIN"), PORT: ("PL-PRZEMYSL",)},
    )
    assert {line.uln: line.staging for line in matched.lines} == {
        "FRA-ENG-01-E-01": "PLRZE",
        "FRA-ENG-01-H-01": None,
        "FRA-ENG-02-E-01": "PL-LUBLIN",
        "FRA-ENG-02-H-01": None,
        "FRA-ENG-03-E-01": "PLRZE",
        "FRA-ENG-03-H-01": None,
    }


def test_staging_areas_are_those_that_lines_use_before_a_destination_the_most_used_first() -> None:
    first = lines_of(force(offer("FRA-ENG")), tours(("FRA-ENG", 1, 0, 6)), until_d=100).lines[0]
    used = ("PL-LUBLIN", "PLRZE", None, "PLRZE")
    assert staging_areas(replace(first, staging=area) for area in used) == {CAMP: ("PLRZE", "PL-LUBLIN")}


def test_offers_that_differ_by_their_nation_before_them_have_lines_of_different_names() -> None:
    problem = force(offer("7"), offer("FRA-7"), requirements=(requirement(quantity=2),))
    matched = lines_of(problem, tours(("7", 1, 0, 6), ("FRA-7", 1, 0, 6)), until_d=100)
    assert [line.uln for line in matched.lines] == ["FRA-7-01-E-01", "FRA-FRA-7-01-E-01"]
