"""What a nation and what everybody sees of a matching: nothing of others, although there is something to leak."""

from dataclasses import replace

import msgspec
import pytest

from forces.camp_and_hospital import answered, day, matching, problem
from muster.forces import Caveat, CaveatEffect
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.nation_view import OwnTerm, nation_report
from muster.forces.matching.reporting.releasable import edition_of, releasable
from muster.forces.matching.reporting.report import report

EDITION = edition_of(problem(), matching())


def telling() -> MatchingProblem:
    """The camp and the hospital with numbers and words that would show wherever they leak."""
    secret = Caveat(
        caveat_id="NOR-SECRET", nation="NOR", category="riot", effect=CaveatEffect.LIMITS, limit_people=7919
    )
    return replace(problem(), caveats=(*problem().caveats, secret))


def test_a_nation_sees_its_own_offers_tours_and_terms() -> None:
    seen = nation_report(telling(), matching(), "FRA", release=EDITION.release, unused=answered().unused)
    assert [(row.offer_id, row.serving, row.why_unused) for row in seen.offers] == [("FRA-ENG", 3, "")]
    assert {tour.offer_id for tour in seen.tours} == {"FRA-ENG"}
    assert seen.people == (0, *(240,) * 4, *(120,) * 7)
    assert seen.caveats == (OwnTerm(name="FRA-NIGHT", kind="night", says="forbids task patrol"),)
    assert seen.gates == ()
    assert [row.name for row in seen.rows] == ["ENG"]
    assert seen.rows[0].needed == (4, 6, 6, 6)


@pytest.mark.parametrize("nation", ["FRA", "NOR", "POL"])
def test_nothing_of_another_nation_is_in_a_nations_view(nation: str) -> None:
    own = telling()
    seen = nation_report(own, matching(), nation, release=EDITION.release, unused=answered().unused)
    text = msgspec.json.encode(seen).decode()
    everything = msgspec.json.encode(report(own, matching(), answered())).decode()
    others = [name for name in ("FRA", "NOR", "POL") if name != nation]
    words = {"FRA": ("France", "paris"), "NOR": ("Norway", "STORTING", "7919"), "POL": ("Poland",)}
    secrets = [word for name in others for word in (name, *words[name])]
    assert [word for word in secrets if word not in everything] == []
    assert [word for word in secrets if word in text] == []


def test_everybody_sees_bands_and_no_nation() -> None:
    shown = releasable(problem(), EDITION.release)
    assert [(row.title, row.needed) for row in shown.totals] == [
        ("the force", (7, 9, 9, 9)), ("land", (4, 6, 6, 6)), ("medical", (3, 3, 3, 3)),
    ]  # fmt: skip
    assert {band for row in (*shown.rows, *shown.totals) for band in row.bands} <= {
        "unmet", "partly", "met", "surplus", "not released",
    }  # fmt: skip
    assert shown.released + shown.kept_back == sum(
        needed > 0 for row in (*shown.rows, *shown.totals) for needed in row.needed
    )
    text = msgspec.json.encode(shown).decode()
    assert [word for word in ("FRA", "NOR", "POL", "STORTING", "120", "110", "0.8", "paris") if word in text] == []


def test_a_release_of_the_same_matching_is_the_same_release() -> None:
    assert edition_of(problem(), matching(), [EDITION]) is EDITION
    later = edition_of(problem(), Matching((*matching().tours, Tour("FRA-ENG", 4, "ENG", 5, 4))), [EDITION])
    assert releasable(problem(), later.release).number == 2


def test_a_requirement_not_needed_in_a_quarter_has_no_band_there() -> None:
    late = replace(problem().requirements[0], needed_from=day(200))
    early = replace(problem(), requirements=(late, problem().requirements[1]))
    row = releasable(early, edition_of(early, Matching(())).release).rows[0]
    assert (row.needed, row.bands[0], row.since[0]) == ((0, 0, 6, 6), None, None)
