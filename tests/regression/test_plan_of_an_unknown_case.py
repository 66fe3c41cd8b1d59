"""`muster movement plan --case` with a name that the scenario lacks ended in a traceback."""

from pathlib import Path

from click.testing import CliRunner

from muster.cli import main

ROOT = Path(__file__).resolve().parents[2]


def test_a_case_that_the_scenario_lacks_is_refused_in_words(tmp_path: Path) -> None:
    scenario, out = str(ROOT / "examples/ten-line"), tmp_path / "plan"
    result = CliRunner().invoke(main, ["movement", "plan", scenario, "--case", "nope", "--out", str(out)])
    assert result.exit_code == 1
    assert result.output == 'The scenario has no case "nope". Name one of: base, quick.\n'
    assert not out.exists()
