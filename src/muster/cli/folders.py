"""Reading the folders that commands are given, and telling every fault of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from muster.cli.telling import refuse
from muster.exchange.scenario import (
    AREAS_FILE,
    SETTINGS_FILE,
    Fault,
    Scenario,
    ScenarioRefused,
    read_scenario,
)


def scenario_files(folder: Path) -> dict[str, bytes]:
    """Contents of the files of a scenario folder: settings, tables and areas, by name."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and (path.suffix.lower() == ".csv" or path.name in {SETTINGS_FILE, AREAS_FILE})
    }


def read_scenario_folder(folder: Path) -> Scenario:
    """Scenario of a folder; where it has faults, the command tells all of them and ends with exit code 1."""
    try:
        return read_scenario(scenario_files(folder))
    except ScenarioRefused as refusal:
        refuse_faults(refusal.faults, before=f"{folder} has ")
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror}; check the path and its permissions.")


def refuse_faults(faults: Sequence[Fault], *, before: str = "", after: str = "") -> NoReturn:
    """Tell every fault, and end with how many there are, in a sentence with these words around the number."""
    for fault in faults:
        click.echo(str(fault), err=True)
    refuse(f"{before}{len(faults)} fault{'s' if len(faults) > 1 else ''}{after}; nothing was done.")
