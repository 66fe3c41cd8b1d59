"""What a process of the server loads before it answers its first page."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from muster.hq.folder import make_secrets

HEAVY: Final = (
    "dask", "fontTools", "fpdf", "highspy", "llvmlite", "matplotlib", "networkx", "numba", "openpyxl", "ortools",
    "pandas", "PIL", "rustworkx", "scipy", "shapely",
)  # fmt: skip
"""Libraries that make plans, read foreign files or draw: whatever needs one loads it when it is asked for."""
ROOMS: Final = (
    "muster.disclosure.audit",
    "muster.forces.matching.solve",
    "muster.machine_code",
    "muster.movement.formulation",
    "muster.movement.search",
    "muster.movement.solve",
    "muster.trials",
)
"""What makes plans here."""
CODE: Final = """
import pathlib, sys
from muster.hq.running import use
use(pathlib.Path(sys.argv[2]))
import muster.hq.urls, muster.hq.wsgi
print(*sorted(set(sys.argv[1].split()) & sys.modules.keys()))
"""


def test_pages_start_without_what_makes_plans(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    roles = {"MUSTER_DATABASE_URL": "app", "MUSTER_DATABASE_OWNER_URL": "owner", "MUSTER_DATABASE_SYNC_URL": "sync"}
    environment = {
        **os.environ,
        **{variable: f"postgresql://{role}:-@127.0.0.1:1/none" for variable, role in roles.items()},
    }
    run = subprocess.run(
        [sys.executable, "-c", CODE, " ".join((*HEAVY, *ROOMS)), str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "\n", "")
