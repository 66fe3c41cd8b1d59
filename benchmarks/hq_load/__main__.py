"""Measure a headquarters under load and write ``docs/benchmarks/hq.md``.

Run it as ``python -m benchmarks.hq_load`` from the root of the repository, on an otherwise idle machine. The
headquarters is founded in a temporary folder, which is gone afterwards.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.hq_load.measure import measure
from benchmarks.hq_load.size import PER_S, SMALL, WHOLE
from benchmarks.movement import ROOT


def main() -> None:
    """Measure, and write the page; ends with 1 where a row leaked."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--small", action="store_true", help="a small headquarters, to see whether all of it works")
    options.add_argument("--per-s", type=float, default=PER_S, help="pages asked for in a second")
    options.add_argument("--seconds", type=float, default=30.0, help="length of a round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "hq.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="mhq-") as folder:
        measured = measure(
            Path(folder) / "hq",
            SMALL if chosen.small else WHOLE,
            per_s=chosen.per_s,
            seconds=chosen.seconds,
            rounds=chosen.rounds,
            seed=chosen.seed,
        )
    from benchmarks.hq_load.page import page  # noqa: PLC0415 - after `use`

    chosen.out.write_text(page(measured, sys.argv[1:], at=datetime.now(UTC)), encoding="utf-8")
    print(chosen.out)
    if any(run.looked is not None and run.looked.leaked for run in measured.runs):
        sys.exit("Rows leaked: see the page.")


if __name__ == "__main__":
    main()
