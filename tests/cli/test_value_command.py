"""``muster movement value`` on a copy of a plan of the ten-line example."""

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["movement", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def valued(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("valued") / "plan"
    assert run("plan", TEN_LINE, "--time-limit-s", "2", "--out", folder).exit_code == 0
    return folder, run("value", folder, "--top", "2", "--seeds", "2", "--steps", "3")


@pytest.fixture
def folder(valued: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(valued[0], tmp_path / "plan"))


def test_values_are_told_and_written_and_drawn(valued: tuple[Path, Result]) -> None:
    folder, result = valued
    assert result.exit_code == 0
    written = json.loads((folder / "unit_values.json").read_bytes())["unit_values"]
    assert (written["steps"], len(written["unchanged"]), len(written["values"])) == (3, 2, 2)
    told = result.stdout.splitlines()
    assert told[0].startswith("Unchanged: closure ")
    assert [line.partition(",")[0] for line in told[1:]] == [row["name"] for row in written["values"]]
    assert b'"unit_values":{"steps":3' in (folder / "report.html").read_bytes()


def test_progress_tells_every_plan_on_standard_error(valued: tuple[Path, Result]) -> None:
    lines = [line for line in valued[1].stderr.splitlines() if re.search(r"\d/4  closure", line)]
    assert [bool(re.search("unchanged, seed [12]$", line)) for line in lines] == [True, True, False, False]


def test_the_report_drawn_again_keeps_values_of_its_plan_only(folder: Path) -> None:
    assert run("report", folder).exit_code == 0
    assert b'"unit_values":{"steps":3' in (folder / "report.html").read_bytes()
    assert run("plan", TEN_LINE, "--case", "quick", "--time-limit-s", "1", "--out", folder).exit_code == 0
    assert run("report", folder).exit_code == 0
    assert b'"unit_values":null' in (folder / "report.html").read_bytes()


def test_values_that_cannot_be_read_are_refused(folder: Path) -> None:
    (folder / "unit_values.json").write_text("{", encoding="utf-8")
    result = run("report", folder)
    assert result.exit_code == 1
    assert "muster movement value" in result.stderr


def test_explain_without_a_line_tells_the_critical_chain(folder: Path) -> None:
    result = run("explain", folder)
    assert result.exit_code == 0
    assert re.match(r"The force closes at .* with line .*\. The chain behind it begins when line ", result.stdout)


def test_ctrl_c_keeps_the_bottlenecks_valued_so_far(folder: Path) -> None:
    words = ("movement", "value", folder, "--top", "3", "--seeds", "2", "--steps", "4000")
    with subprocess.Popen(
        [sys.executable, "-c", "from muster.cli import main; main()", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        while "  3/5  " not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "stopping with the bottlenecks valued so far" in stderr
    assert "Stopped before: " in stdout.splitlines()[-1]
    written = json.loads((folder / "unit_values.json").read_bytes())["unit_values"]
    assert len(written["values"]) + len(written["left_out"]) == 3
