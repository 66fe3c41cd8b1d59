"""Commands of scenario folders: check, export, import."""

import dataclasses
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muster.cli.folders import read_scenario_folder, scenario_files
from muster.cli.telling import refuse
from muster.cli.writing import replace_folder, write_file
from muster.exchange.scenario import FILES, Fault, ScenarioRefused, UnknownCase, read_scenario
from muster.exchange.scenario.changes import TableChange, list_changes
from muster.exchange.scenario.summary import count_assumptions, paragraph, summarise

if TYPE_CHECKING:
    from muster.exchange.features import Feature

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_SHOWN_ROWS = 5


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Tell the result as JSON on standard output.")
def check(folder: Path, *, as_json: bool) -> None:
    """Check the scenario in FOLDER and tell every fault at once; exit code 1 where there is one."""
    try:
        scenario = read_scenario(scenario_files(folder))
    except ScenarioRefused as refusal:
        _tell_faults(folder, refusal.faults, as_json=as_json)
        sys.exit(1)
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror}; check the path and its permissions.")
    if as_json:
        cases = [dataclasses.asdict(case) for case in summarise(scenario)]
        about = {"title": scenario.settings.title, "cases": cases, "assumptions": count_assumptions(scenario)}
        click.echo(json.dumps({"ok": True, "hash": scenario.scenario_hash, **about, "faults": []}, ensure_ascii=False))
    else:
        click.echo(paragraph(scenario))


@click.group()
def export() -> None:
    """Write a scenario or a plan in another format."""


@click.group("import")
def import_() -> None:
    """Read a scenario from another format."""


@export.command()
@click.argument("folder", type=_FOLDER)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def xlsx(folder: Path, out: Path) -> None:
    """Write the scenario in FOLDER as one workbook OUT."""
    from muster.exchange.xlsx import encode

    _write(out, encode(read_scenario_folder(folder)))


@import_.command("xlsx")
@click.argument("workbook", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--replace", is_flag=True, help="Replace the scenario that FOLDER holds; its other files stay.")
@click.option("--preview", is_flag=True, help="Tell what would change, and write nothing.")
def import_xlsx(workbook: Path, folder: Path, *, replace: bool, preview: bool) -> None:
    """Write the scenario of the workbook FILE into FOLDER, whole or not at all."""
    from muster.exchange.xlsx import decode

    try:
        scenario = read_scenario(decode(workbook.read_bytes(), name=workbook.name))
        before = scenario_files(folder) if folder.is_dir() else {}
    except ScenarioRefused as refusal:
        _tell_faults(workbook, refusal.faults, as_json=False)
        sys.exit(1)
    except OSError as error:
        refuse(f"{workbook} cannot be read: {error.strerror}; check the path and its permissions.")
    for change in list_changes(before, scenario.settings, scenario.tables):
        tell_change(change)
    if preview:
        click.echo("Nothing was written.")
        return
    if folder.is_dir() and any(folder.iterdir()) and not replace:
        refuse(f"{folder} is not empty; name another folder, or add --replace to write over its scenario.")
    try:
        replace_folder(folder, scenario.files(), stale=FILES)
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror}; nothing was changed.")
    click.echo(f"Scenario: {folder}")


def _export_map(name: str, what: str, encode: Callable[[Sequence["Feature"], str], bytes]) -> None:
    """Add a command that writes features of a scenario or a plan."""

    @export.command(name, help=f"Write places, routes and times of the scenario or plan in FOLDER as {what}.")
    @click.argument("folder", type=_FOLDER)
    @click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
    @click.option("--case", help="Case of a scenario.  [default: the scenario's own]")
    def command(folder: Path, out: Path, case: str | None) -> None:
        title, features = _features(folder, case)
        _write(out, encode(features, title))


def _features(folder: Path, case: str | None) -> tuple[str, Sequence["Feature"]]:
    """Title and features of a folder that holds a plan, or else a scenario."""
    from muster.exchange.features import plan_features, scenario_features

    if (folder / "problem.json.gz").is_file():
        from muster.exchange.plan_json import UnreadableDocument, decode_plan, decode_problem

        if not (folder / "plan.json").is_file():
            refuse(f"{folder} has a problem but no plan.json; write it with `muster movement plan`.")
        if case is not None:
            refuse(f"{folder} holds a plan, which is of one case; leave out --case.")
        try:
            problem = decode_problem((folder / "problem.json.gz").read_bytes())
            return problem.title, plan_features(problem, decode_plan((folder / "plan.json").read_bytes()))
        except UnreadableDocument as error:
            refuse(str(error))
        except KeyError as error:
            refuse(f"plan.json names {error}, which is not in problem.json.gz; check it with `muster movement check`.")
    try:
        inputs = read_scenario_folder(folder).movement_inputs(case)
    except UnknownCase as error:
        refuse(str(error))
    return inputs.title, scenario_features(inputs)


def _geojson(features: Sequence["Feature"], _title: str) -> bytes:
    from muster.exchange.geojson import encode

    return encode(features)


def _kml(features: Sequence["Feature"], title: str) -> bytes:
    from muster.exchange.kml import encode

    return encode(features, title=title)


def _gpkg(features: Sequence["Feature"], _title: str) -> bytes:
    from muster.exchange.geopackage import encode

    return encode(features, at=datetime.now(UTC))


_export_map("geojson", "GeoJSON", _geojson)
_export_map("kml", "KML", _kml)
_export_map("gpkg", "GeoPackage", _gpkg)


def _write(out: Path, content: bytes) -> None:
    try:
        write_file(out, content)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}; nothing was changed.")
    click.echo(f"Written: {out}")


def _tell_faults(where: Path, faults: Sequence[Fault], *, as_json: bool) -> None:
    if as_json:
        told: Mapping[str, Any] = {"ok": False, "faults": [dataclasses.asdict(fault) for fault in faults]}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for fault in faults:
        click.echo(str(fault))
    count = len(faults)
    click.echo(f"{where} has {count} fault{'s' if count > 1 else ''}.", err=True)


def tell_change(change: TableChange) -> None:
    """Tell how many rows of a table are added, changed and removed, and name some."""
    counts = [
        f"{len(rows)} {what}{_some(rows)}"
        for what, rows in (("added", change.added), ("changed", change.changed), ("removed", change.removed))
        if rows
    ]
    click.echo(f"{change.table}: {'; '.join(counts)}")


def _some(rows: Sequence[str]) -> str:
    more = f" and {len(rows) - _SHOWN_ROWS} more" if len(rows) > _SHOWN_ROWS else ""
    return f" ({', '.join(rows[:_SHOWN_ROWS])}{more})"
