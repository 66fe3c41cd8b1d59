"""An upgrade from the first schema, with rows in it: nothing is lost, and work goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

from hq.first_offers import NATIONS, QUANTITIES
from hq.seeded import LABELS

TESTS = Path(__file__).resolve().parents[1]


def test_an_upgrade_from_the_first_schema_keeps_every_row(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "hq.upgrading", str(tmp_path)]
    done = subprocess.run(
        program, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PYTHONPATH": str(TESTS)}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["pending"] != []
    assert told["changes"] == told["pending"]
    assert told["backup"] == ["database.dump", "manifest.json"]
    assert (told["left"], told["again"], told["findings"]) == ([], [], [])
    assert told["seen"] == {nation: [[f"{nation}-FIRST", QUANTITIES[nation]]] for nation in NATIONS}
    assert told["posts"] == {"COS": None, "J5-PLANS": None, **{f"LNO-{nation}": nation for nation in NATIONS}}
    assert told["sites"] == ["Kyiv", "London", "Paris"]
    assert told["events"] == len(NATIONS) + len(LABELS)
