"""The command that turns a matched force into movement lines, as tables or as a whole scenario."""

from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any

import click

from muster.cli.folders import read_scenario_folder, refuse_faults
from muster.cli.matching_folders import read_matching, read_unit_types
from muster.cli.telling import refuse
from muster.cli.writing import replace_folder, write_files
from muster.exchange.matched_lines import LinedScenario, encode_tables, replace_lines
from muster.exchange.scenario import (
    FILES,
    SETTINGS_FILE,
    TABLES,
    Fault,
    Scenario,
    ScenarioRefused,
    UnknownCase,
    read_scenario,
)
from muster.exchange.scenario.reading import read_table
from muster.forces.matching.problem import MatchingProblem
from muster.movement.inputs import RequirementLine
from muster.movement.lines import LineTerms, MatchedLines, MoveKind, movement_lines, staging_areas
from muster.reference import UnitType, load_unit_types

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_USUAL = LineTerms()


def _window(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Refuse what is no window."""
    if value is not None and not 0 <= value < inf:
        raise click.BadParameter(f"{value:g} days are no window; give 0 or more.")
    return value


@click.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for lines.csv and cargo.csv, or for the scenario; made if need be.",
)
@click.option(
    "--scenario", "scenario_folder", type=_FOLDER, help="Write this scenario with the lines in place of its own."
)
@click.option(
    "--replace", is_flag=True, help="Replace the scenario that the folder for it holds; its other files stay."
)
@click.option(
    "--people-per-line",
    type=click.IntRange(1, 10_000),
    default=_USUAL.people_per_line,
    show_default=True,
    help="People that an increment of a unit has about.",
)
@click.option(
    "--without-stores",
    is_flag=True,
    help="Leave out the containers and pallets of units; they come with the supply.",
)
@click.option(
    "--until-d",
    type=click.IntRange(1, 5000),
    default=_USUAL.until_d,
    show_default=True,
    help="Days after C-day before which a unit arrives, or its tour ends, to be moved.",
)
@click.option(
    "--early-d",
    type=click.IntRange(0, 5000),
    default=_USUAL.early_d,
    show_default=True,
    help="Most days before its arrival is due at which a first unit may set out.",
)
@click.option(
    "--home-d",
    type=click.IntRange(1, 5000),
    help="Days for the way home.  [default: as many as the matching gives to the way there]",
)
@click.option("--join-window-d", type=float, callback=_window, help="Join window of every line.  [default: its factor]")
@click.option(
    "--cohesion-window-d", type=float, callback=_window, help="Cohesion window of every line.  [default: its factor]"
)
def lines(
    folder: Path, out: Path, scenario_folder: Path | None, *, replace: bool, without_stores: bool, **chosen: Any
) -> None:
    """Turn the matched force in DIR into movement lines: entries, reliefs in place, ways home.

    Writes lines.csv and cargo.csv, or with --scenario a scenario of the case that was matched, ready for `muster
    movement plan`. What cannot become a line is told with the reason.
    """
    terms = LineTerms(with_stores=not without_stores, **chosen)
    problem, matching = read_matching(folder)
    scenario = None if scenario_folder is None else read_scenario_folder(scenario_folder)
    _refuse_unusable(out, scenario_folder, replace=replace)
    if scenario is not None and scenario.scenario_hash != problem.scenario_hash:
        click.echo(
            f"{scenario_folder} is not quite the scenario that was matched; the lines follow the matching.", err=True
        )
    types, staging = _known(folder, scenario, problem)
    matched = movement_lines(problem, matching, unit_types=types, staging=staging, terms=terms)
    for shortfall in matched.shortfalls:
        click.echo(str(shortfall))
    if not matched.lines:
        refuse(f"No unit moves before C+{terms.until_d}; choose a later --until-d, or see what stands above.")
    if scenario is None:
        _write_tables(out, matched)
    else:
        _write_scenario(out, replace_lines(scenario, problem.case, matched))
    for line in _told(matched):
        click.echo(line)
    click.echo(f"{'Lines' if scenario is None else 'Scenario'}: {out}")


def _refuse_unusable(out: Path, scenario_folder: Path | None, *, replace: bool) -> None:
    """Say before the work begins that nothing can be written."""
    if scenario_folder is None:
        if (out / SETTINGS_FILE).exists():
            refuse(
                f"{out} holds a scenario, whose lines would be lost; name another folder, or give it with --scenario."
            )
    elif out.exists() and out.samefile(scenario_folder):
        refuse(f"{out} is the scenario itself, whose own lines and other cases would be lost; name another folder.")
    elif out.is_dir() and any(out.iterdir()) and not replace:
        refuse(f"{out} is not empty; name another folder, or add --replace to write over its scenario.")


def _known(
    folder: Path, scenario: Scenario | None, problem: MatchingProblem
) -> tuple[Mapping[str, UnitType], Mapping[str, tuple[str, ...]]]:
    """Unit types, and staging areas by destination: the packaged ones, those of the matching, those of the scenario."""
    types = {**load_unit_types(), **read_unit_types(folder)}
    if scenario is None:
        return types, {}
    try:
        own = scenario.list_values("lines", problem.case, RequirementLine)
        return {**types, **scenario.catalogue(problem.case).unit_types}, staging_areas(own)
    except UnknownCase as error:
        refuse(str(error))


def _write_tables(out: Path, matched: MatchedLines) -> None:
    files, faults = encode_tables(matched), list[Fault]()
    for name in ("lines", "cargo"):
        read_table(TABLES[name], files[TABLES[name].file], faults)
    if faults:
        refuse_faults(faults, after=" in the tables of the lines")
    try:
        write_files(out, files)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}; nothing was changed.")


def _write_scenario(out: Path, lined: LinedScenario) -> None:
    try:
        read_scenario(lined.files)
    except ScenarioRefused as refusal:
        refuse_faults(refusal.faults, after=" in the scenario with the new lines")
    try:
        replace_folder(out, lined.files, stale=FILES)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}; nothing was changed.")
    for remark in lined.remarks:
        click.echo(remark)


def _told(matched: MatchedLines) -> Iterator[str]:
    """Units, lines, people and things that move, by kind of move."""
    lines = {line.uln: line for line in matched.lines}
    things = dict.fromkeys(lines, 0)
    for item in matched.cargo:
        things[item.uln] += item.quantity
    yield "                 units  lines  people  vehicles and stores"
    for kind in MoveKind:
        moves = [ulns for move, ulns in matched.ulns_of.items() if move.kind is kind and ulns]
        own = [uln for ulns in moves for uln in ulns]
        if own:
            people = sum(lines[uln].pax or 0 for uln in own)
            yield f"{kind:<15}  {len(moves):5d}  {len(own):5d}  {people:6,d}  {sum(things[uln] for uln in own):19,d}"
