"""Each nation's part of a deployment is files of its own, found by their names."""

from typing import Final

from muster.exchange.plan_names import PLAN_FILE, PROBLEM_FILE

PREFIX: Final = "part."
"""Names of such files begin with it."""


def part_name(name: str, nation: str) -> str:
    """Name of the file of a nation's part that stands for a file of the whole."""
    return f"{PREFIX}{nation}.{name}"


def part_names(nation: str) -> tuple[str, str]:
    """Names of the files of a nation's part: its problem and its plan."""
    return part_name(PROBLEM_FILE, nation), part_name(PLAN_FILE, nation)
