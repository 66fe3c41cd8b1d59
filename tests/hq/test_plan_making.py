"""Plans made in earnest: a matching and a deployment of small scenarios, their lines, and what may be released."""

from pathlib import Path

import pytest

from muster.exchange.answers_json import encode_releases
from muster.exchange.movement_table import decode
from muster.exchange.scenario import Scenario, UnknownCase, read_scenario
from muster.hq.plans.choices import Kind
from muster.hq.plans.deployments import make_deployment, read_deployment
from muster.hq.plans.deployments import release_forms as release_deployment
from muster.hq.plans.made import Asked, Made
from muster.hq.plans.matchings import coverage_by_month, make_matching, read_matching
from muster.hq.plans.matchings import release_forms as release_matching

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class Told:
    """Notes how far the work is."""

    def __init__(self, *, stops: bool = False) -> None:
        self.fractions: list[float] = []
        self._stops = stops

    def tell(self, fraction: float | None, text: str) -> None:
        assert text
        self.fractions.append(-1.0 if fraction is None else fraction)

    def should_stop(self) -> bool:
        return self._stops


def scenario(name: str) -> Scenario:
    return read_scenario(
        {path.name: path.read_bytes() for path in (EXAMPLES / name).iterdir() if path.suffix in {".csv", ".toml"}}
    )


@pytest.fixture(scope="module")
def matching() -> Made:
    return make_matching(scenario("small-coalition"), Asked("", 1, 4.0), Told())


@pytest.fixture(scope="module")
def deployment() -> Made:
    return make_deployment(scenario("ten-line"), Asked("", 1, 4.0), Told())


def test_a_matching_has_a_line_for_each_tour_and_nothing_broken(matching: Made) -> None:
    assert (matching.kind, matching.findings) == (Kind.MATCHING, 0)
    offers = {
        row.cells["offer_id"]: row.cells["nation"] for row in scenario("small-coalition").tables["offers"].records
    }
    assert all(line.nation == offers[line.told["offer"]] for line in matching.lines)
    assert len({line.key for line in matching.lines}) == len(matching.lines) > 0
    first = matching.lines[0]
    assert first.told["offer"] in first.key
    assert first.start_d is not None
    assert first.end_d is not None
    assert first.start_d < first.end_d


def test_progress_goes_from_nothing_to_nearly_all_and_never_back() -> None:
    told = Told()
    make_matching(scenario("small-coalition"), Asked("", 1, 2.0), told)
    assert told.fractions[0] == 0.0
    assert told.fractions == sorted(told.fractions)
    assert 0.9 < told.fractions[-1] < 1


def test_work_that_is_stopped_ends_with_what_there_is() -> None:
    made = make_deployment(scenario("ten-line"), Asked("", 1, 600.0), Told(stops=True))
    assert (len(made.lines), made.findings) == (10, 0)


def test_a_case_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownCase):
        make_matching(scenario("small-coalition"), Asked("nowhere", 1, 2.0), Told())


def test_a_folder_that_was_kept_is_read_as_it_was_made(matching: Made, deployment: Made) -> None:
    assert read_matching(matching.files) == matching
    assert read_deployment(deployment.files) == deployment


def test_a_deployment_has_a_line_for_each_line_with_why_it_is_late(deployment: Made) -> None:
    assert [line.key for line in deployment.lines] == [row.uln for row in scenario("ten-line").movement_inputs().lines]
    for line in deployment.lines:
        assert (line.end_d is None) == (line.told["status"] == "unmoved")
        assert bool(line.why) == (line.told["status"] != "on time")


def test_what_a_nation_gets_of_a_deployment_holds_its_own_lines_only(deployment: Made) -> None:
    forms = release_deployment(deployment.files)
    nations = {line.key: line.nation for line in deployment.lines}
    assert set(forms) == set(nations.values())
    for nation, table in forms.items():
        assert {nations[row.uln] for row in decode(table)} <= {nation}
        for other in set(nations.values()) - {nation}:
            assert f",{other}," not in table.decode()


def test_a_release_of_a_matching_follows_on_the_one_before(matching: Made) -> None:
    edition, forms = release_matching(matching.files, ())
    assert set(forms) >= {"ALL", "FRA"}
    again, _ = release_matching(matching.files, (edition,))
    assert again == edition
    assert encode_releases((edition,))


def test_coverage_by_month_is_that_of_the_matching(matching: Made) -> None:
    months = coverage_by_month(matching.files)
    needed = sum(needed for row in months.values() for _, needed in row)
    covered = sum(min(covered, needed) for row in months.values() for covered, needed in row)
    assert 0 < covered <= needed
