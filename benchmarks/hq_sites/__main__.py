"""Measure journals between two sites and write ``docs/benchmarks/hq-sites.md``.

Run it as ``python -m benchmarks.hq_sites`` from the root of the repository, on an otherwise idle machine.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.hq_load.servers import MUSTER
from benchmarks.hq_sites.page import page
from benchmarks.movement import ROOT

SCENARIO: Final = ROOT / "examples" / "small-coalition"
EVENTS: Final = 100_000


def main() -> None:
    """Measure, and write the page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=EVENTS)
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "hq-sites.md")
    chosen = options.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="mhq-") as folder:
        measured = measure(Path(folder), chosen.events)
    chosen.out.write_text(page(measured, chosen.events, load, datetime.now(UTC)), encoding="utf-8")
    print(chosen.out)


def measure(folder: Path, events: int) -> dict[str, float]:
    """Found two sites, write at one, and have the other catch up; gives figures by name."""
    par, lon, copies = folder / "par", folder / "lon", folder / "copies"
    copies.mkdir()
    _muster("init", par, "--scenario", SCENARIO, "--second-factor", "offered", "--give", "J5-PLANS")
    _muster("sites", "describe", par, "--out", folder / "like.json")
    _muster("sites", "join", lon, "LON", "--like", folder / "like.json")
    _muster("sites", "add", par, "LON", "--key", lon / "site.pub")
    measured: dict[str, float] = {}
    for at, *what in (
        (par, "fill", events),
        (par, "send", folder / "for-lon.zip", "LON"),
        (lon, "receive", folder / "for-lon.zip"),
        (par, "copy_out", copies),
        (lon, "copy_in", copies),
        (par, "verify", folder / "par.jsonl.gz"),
        (par, "write_singly"),
    ):
        measured |= _at(at, *what)
    return measured


def _at(folder: Path, *what: object) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.hq_sites.at_site", str(folder), *map(str, what)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(done.stderr)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _muster(*words: object) -> None:
    done = subprocess.run([*MUSTER, "hq", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
