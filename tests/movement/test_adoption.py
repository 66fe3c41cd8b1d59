"""Assumed and disputed values that a plan uses are written down once; the others are not."""

from movement.made_up import factor
from muster.movement.preparation.adoption import Adoption
from muster.movement.problem import Assumption, DisputedFact
from muster.reference import Factor, Grade, Provenance

ASSUMED = Provenance(source="a guess", grade=Grade.ASSUMED)


def adoption(*factors: Factor, adopted: frozenset[str] = frozenset()) -> Adoption:
    return Adoption({given.factor_id: given for given in factors}, adopted)


def test_a_well_supported_factor_is_used_without_a_word() -> None:
    given = adoption(factor("rail.speed", 40.0))
    assert given.number("rail.speed") == 40.0
    assert (given.assumptions, given.disputes) == ({}, {})


def test_an_assumed_factor_is_noted_once_with_its_range() -> None:
    given = adoption(factor("rail.speed", 40.0, low=30.0, high=50.5, unit="km/h", provenance=ASSUMED))
    assert (given.number("rail.speed"), given.number("rail.speed")) == (40.0, 40.0)
    assert list(given.assumptions.values()) == [
        Assumption(
            subject="rail.speed",
            value="40",
            unit="km/h",
            low="30",
            high="50.5",
            why="about rail.speed; packaged default",
        )
    ]


def test_a_factor_of_grade_k_counts_as_unsure() -> None:
    given = adoption(factor("rail.speed", 40.0, provenance=Provenance(source="hearsay", grade=Grade.K)))
    given.number("rail.speed")
    assert set(given.assumptions) == {"rail.speed"}


def test_a_factor_of_the_scenario_is_told_as_such() -> None:
    given = adoption(factor("rail.speed", 40.0, provenance=ASSUMED), adopted=frozenset({"rail.speed"}))
    given.number("rail.speed")
    assert given.assumptions["rail.speed"].why == "about rail.speed; adopted by the scenario"


def test_a_disputed_factor_is_told_with_what_the_sources_say() -> None:
    given = adoption(factor("border.wait", 6.0, low=2.0, high=12.0, unit="h", disputed=True))
    given.number("border.wait")
    assert list(given.disputes.values()) == [
        DisputedFact(subject="border.wait", used="6", unit="h", others="2 to 12", sources="a handbook")
    ]
    assert given.assumptions == {}


def test_a_factor_without_a_value_is_planned_with_the_likely_one_then_the_low_one() -> None:
    likely = Factor(
        factor_id="likely", domain="", name="", value=None, low=1.0, likely=2.6, high=4.0, unit="", provenance=ASSUMED
    )
    low = Factor(
        factor_id="low", domain="", name="", value=None, low=1.0, likely=None, high=4.0, unit="", provenance=ASSUMED
    )
    given = adoption(likely, low)
    assert (given.number("likely"), given.whole("likely"), given.number("low")) == (2.6, 3, 1.0)


def test_a_default_is_noted_under_the_thing_that_nobody_knows() -> None:
    given = adoption(factor("rail.ramp.default", 2.0, unit="ramps"))
    assert given.default("PLRZE rail_ramps", "rail.ramp.default") == 2
    assert given.assumptions == {
        "PLRZE rail_ramps": Assumption(
            subject="PLRZE rail_ramps", value="2", unit="ramps", low="", high="", why="not known; rail.ramp.default"
        )
    }


def test_a_value_of_a_table_is_noted_only_where_it_is_unsure_or_disputed() -> None:
    given = adoption()
    given.note("sure", 3, "berths", Provenance(source="port", grade=Grade.B))
    given.note("without source", 3, "berths", None)
    given.note("assumed", 3, "berths", Provenance(source="a photo", grade=Grade.ASSUMED, low=2, high=4, note="counted"))
    given.note("disputed", 3, "berths", Provenance(source="port, map", grade=Grade.A, low=2.0, high=4.0, disputed=True))
    assert set(given.assumptions) == {"assumed"}
    assert given.assumptions["assumed"].why == "counted"
    assert list(given.disputes.values()) == [
        DisputedFact(subject="disputed", used="3", unit="berths", others="2 to 4", sources="port, map")
    ]


def test_a_factor_that_is_kept_for_later_is_noted_whatever_its_grade() -> None:
    given = adoption(factor("risk.line.late_share", 0.5, name="late lines"))
    given.keep("risk.line.late_share")
    assert given.assumptions["risk.line.late_share"].why == "late lines; adopted by the scenario"
