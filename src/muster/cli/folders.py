"""Reading the folders that commands are given, and refusing in words."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from muster.exchange.scenario import AREAS_FILE, SETTINGS_FILE, Scenario, ScenarioRefused, read_scenario


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
        for fault in refusal.faults:
            click.echo(str(fault), err=True)
        count = len(refusal.faults)
        refuse(f"{folder} has {count} fault{'s' if count > 1 else ''}; nothing was done.")
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror}; check the path and its permissions.")


def refuse(message: str) -> NoReturn:
    """Tell why a command cannot be done and end it with exit code 1."""
    click.echo(message, err=True)
    sys.exit(1)
