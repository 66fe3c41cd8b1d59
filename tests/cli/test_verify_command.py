"""``muster movement verify`` on copies of a plan of the ten-line example that somebody tampered with."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main
from muster.exchange import certificate_json
from muster.exchange.plan_json import decode_problem
from muster.measures import days
from muster.movement.formulation import bound

CERTIFICATE = "certificate.json.gz"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["movement", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of the ten-line example, and a bound on it that had all the time it takes."""
    folder = tmp_path_factory.mktemp("planned") / "plan"
    assert run("plan", TEN_LINE, "--time-limit-s", "2", "--seed", "7", "--out", folder).exit_code == 0
    problem = decode_problem((folder / "problem.json.gz").read_bytes())
    proved = bound(problem, time_limit_s=150.0)
    assert proved.certificate is not None
    (folder / CERTIFICATE).write_bytes(certificate_json.encode(proved.certificate, problem))
    change(folder / "summary.json", lambda summary: summary.update(closure_bound_d=round(days(proved.closure_min), 3)))
    return folder


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(planned, tmp_path / "plan"))


def change(path: Path, how: Callable[[dict[str, Any]], None]) -> None:
    """Read a document, change it, and write it again."""
    is_packed = path.suffix == ".gz"
    document = json.loads(gzip.decompress(path.read_bytes()) if is_packed else path.read_bytes())
    how(document)
    told = json.dumps(document).encode()
    path.write_bytes(gzip.compress(told) if is_packed else told)


def price_closure(folder: Path, price: int) -> None:
    """Give all windows of the closure one price."""

    def priced(document: dict[str, Any]) -> None:
        own = document["certificate"]["closure"]
        assert own["prices"]
        own["prices"] = [price for _ in own["prices"]]

    change(folder / CERTIFICATE, priced)


def refusal(folder: Path) -> str:
    result = run("verify", folder)
    assert result.exit_code == 1
    return result.stderr.removeprefix("working out what the prices prove\n")


def test_what_a_plan_claims_is_proved(folder: Path) -> None:
    summary = json.loads((folder / "summary.json").read_bytes())
    result = run("verify", folder)
    assert result.exit_code == 0
    closure, lateness, checked = result.stdout.splitlines()
    assert closure.startswith(f"Proved: no plan closes before {summary['closure_bound_d']:.3f} d; this one: ")
    assert lateness.startswith("Proved: no plan has less weighted lateness than ")
    assert checked.startswith("No findings: ")


def test_certificate_is_the_same_for_the_same_plan_folder(folder: Path) -> None:
    document = json.loads(gzip.decompress((folder / CERTIFICATE).read_bytes()))
    assert list(document) == ["problem_sha256", "certificate"]
    assert list(document["certificate"]) == [
        "closure_min", "weighted_lateness_min", "closure", "by_periods", "by_windows"
    ]  # fmt: skip


def test_a_changed_price_proves_less_than_what_is_claimed(folder: Path) -> None:
    price_closure(folder, 0)
    told = refusal(folder)
    assert "certificate.json.gz: claims closure_bound_d " in told
    assert "summary.json: closure_bound_d " in told


def test_a_price_below_nothing_is_refused(folder: Path) -> None:
    price_closure(folder, -5)
    assert "a price of -5, below nothing, proves nothing" in refusal(folder)


def test_a_bound_that_was_raised_in_the_summary_is_refused(folder: Path) -> None:
    change(folder / "summary.json", lambda summary: summary.update(closure_bound_d=summary["closure_bound_d"] + 0.5))
    assert "is more than what the certificate proves" in refusal(folder)


def test_a_closure_that_the_plan_does_not_have_is_refused(folder: Path) -> None:
    change(folder / "summary.json", lambda summary: summary.update(closure_d=summary["closure_d"] - 0.5))
    assert "summary.json: closure_d " in refusal(folder)


def test_certificate_of_a_changed_problem_is_refused(folder: Path) -> None:
    def earlier(problem: dict[str, Any]) -> None:
        problem["lines"][0]["required_min"] -= 1_440

    change(folder / "problem.json.gz", earlier)
    assert "belongs to another problem than problem.json.gz" in refusal(folder)


def test_plan_for_another_problem_is_refused(folder: Path) -> None:
    change(folder / "plan.json", lambda plan: plan.update(case="high"))
    assert "plan.json does not fit problem.json.gz" in refusal(folder)


@pytest.mark.parametrize("length", [0, 5, 200])
def test_a_truncated_certificate_is_refused(folder: Path, length: int) -> None:
    path = folder / CERTIFICATE
    path.write_bytes(path.read_bytes()[:length])
    told = refusal(folder)
    assert "certificate.json.gz: " in told
    assert "write it again with `muster movement plan`" in told


def test_a_certificate_without_prices_is_refused(folder: Path) -> None:
    change(folder / CERTIFICATE, lambda document: document["certificate"].pop("closure"))
    assert "certificate.json.gz: " in refusal(folder)


def test_a_folder_without_a_certificate_proves_nothing(folder: Path) -> None:
    (folder / CERTIFICATE).unlink()
    assert "so nothing is proved" in refusal(folder)


def test_a_plan_that_breaks_a_rule_is_refused(folder: Path) -> None:
    def hurried(plan: dict[str, Any]) -> None:
        step = plan["moves"][0]["steps"][0]
        step["start_min"] -= 10 * 1_440

    change(folder / "plan.json", hurried)
    assert run("verify", folder).exit_code == 1
