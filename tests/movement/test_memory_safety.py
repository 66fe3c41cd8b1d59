"""No loop in machine code looks beyond an array: all of them are run with every index checked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EVERY_LOOP = Path(__file__).with_name("every_loop.py")

pytestmark = pytest.mark.proofs


def checked(what: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own, in which machine code checks every index; its machine code is kept apart."""
    tests = str(EVERY_LOOP.parents[1])
    return subprocess.run(
        [sys.executable, str(EVERY_LOOP), what],
        env={**os.environ, "NUMBA_BOUNDSCHECK": "1", "PYTHONPATH": tests},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_index_beyond_an_array_is_found() -> None:
    process = checked("control")
    assert process.returncode == 1
    assert "IndexError" in process.stderr


@pytest.mark.parametrize("seed", range(40))
def test_no_index_is_beyond_an_array_on_made_up_problems(seed: int) -> None:
    process = checked(str(seed))
    assert process.returncode == 0, process.stderr


def test_no_index_is_beyond_an_array_on_the_base_case() -> None:
    process = checked("base")
    assert process.returncode == 0, process.stderr
