"""The commands that send a nation the workbook of a pledge and take its pledge into a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster.cli.folders import read_scenario_folder, refuse_faults
from muster.cli.plan_folders import write_into
from muster.cli.scenario import tell_change
from muster.cli.telling import refuse
from muster.cli.writing import replace_folder
from muster.exchange.scenario import FILES, Scenario, TablesRefused, UnknownCase
from muster.exchange.scenario.changes import list_changes
from muster.exchange.scenario.names import Suggestions
from muster.forces import Caveat, Offer
from muster.forces.pledges import Pledge, pledge_of

if TYPE_CHECKING:
    from muster.exchange.pledged_offer import PledgedScenario

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_WORKBOOK = click.Path(path_type=Path, dir_okay=False)


@click.group()
def pledge() -> None:
    """Send a nation the workbook of a pledge, and take what it hands in into a scenario."""


@pledge.command()
@click.argument("file", type=_WORKBOOK)
def template(file: Path) -> None:
    """Write the blank workbook of a pledge to FILE."""
    from muster.exchange.pledge_xlsx import blank

    _write(file, blank())


@pledge.command()
@click.argument("scenario", type=_FOLDER)
@click.argument("offer")
@click.argument("file", type=_WORKBOOK)
@click.option("--case", help="Case of the scenario.  [default: the scenario's own]")
@click.option(
    "--contact-post",
    default="",
    help="Post of the nation that answers for the pledge.  [default: left for the nation to fill in]",
)
def write(scenario: Path, offer: str, file: Path, *, case: str | None, contact_post: str) -> None:
    """Write the pledge of an OFFER of a scenario to FILE, with all that is known, for the nation to correct."""
    from muster.exchange.pledge_xlsx import encode

    known = read_scenario_folder(scenario)
    _write(file, encode(_pledge(known, offer, known.settings.default_case if case is None else case, contact_post)))


@pledge.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("scenario", type=_FOLDER)
@click.option("--case", help="Case whose rows are replaced.  [default: the scenario's own]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the scenario with the pledge; made if need be.  [default: none is written]",
)
@click.option("--replace", is_flag=True, help="Replace the scenario that the folder holds; its other files stay.")
def read(file: Path, scenario: Path, *, case: str | None, out: Path | None, replace: bool) -> None:
    """Read the pledge in FILE and say what it changes in a scenario; tell every fault, with exit code 1.

    Its offer and caveats replace the rows of their ids in offers.csv and caveats.csv, or join them. With --out the
    scenario with them is written, whole or not at all. Other rows, and the sheets that a scenario has no table for,
    stay as they are.
    """
    if out is not None and out.is_dir() and any(out.iterdir()) and not replace:
        refuse(f"{out} is not empty; name another folder, or add --replace to write over its scenario.")
    before = read_scenario_folder(scenario)
    pledged = _pledged(file, before, before.settings.default_case if case is None else case)
    after = pledged.scenario
    if out is not None:
        try:
            replace_folder(out, after.files(), stale=FILES)
        except OSError as error:
            refuse(f"{out} cannot be written: {error.strerror}; nothing was changed.")
    for change in list_changes(before.files(), after.settings, after.tables):
        tell_change(change)
    if pledged.undeclared:
        click.echo(f"Not declared in the pledge, and kept: {', '.join(pledged.undeclared)}")
    click.echo("Nothing was written." if out is None else f"Scenario: {out}")


def _pledge(scenario: Scenario, offer_id: str, case: str, contact_post: str) -> Pledge:
    """Pledge of an offer; a case or an offer that is not there ends the command."""
    try:
        offers = {each.offer_id: each for each in scenario.list_values("offers", case, Offer)}
    except UnknownCase as error:
        refuse(str(error))
    if offer_id not in offers:
        remedy = Suggestions(offers).remedy(offer_id, "The offers stand in offers.csv.")
        refuse(f'Case "{case}" has no offer "{offer_id}". {remedy}')
    offer, catalogue = offers[offer_id], scenario.catalogue(case)
    return pledge_of(
        offer,
        contact_post=contact_post,
        caveats=scenario.list_values("caveats", case, Caveat),
        unit_type=catalogue.unit_types[offer.unit_type] if offer.unit_type else None,
        platforms=catalogue.platforms,
    )


def _pledged(file: Path, scenario: Scenario, case: str) -> "PledgedScenario":
    """The scenario with the pledge of a workbook; every fault, or a case that is not there, ends the command."""
    from muster.exchange.pledge_xlsx import decode
    from muster.exchange.pledged_offer import take_pledge

    try:
        handed_in = decode(file.read_bytes(), name=file.name)
    except TablesRefused as refusal:
        refuse_faults(refusal.faults, before=f"{file} has ")
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}; check the path and its permissions.")
    try:
        return take_pledge(scenario, handed_in, case=case, name=file.name)
    except UnknownCase as error:
        refuse(str(error))
    except TablesRefused as refusal:
        refuse_faults(refusal.faults, after=" in the scenario with the pledge")


def _write(file: Path, workbook: bytes) -> None:
    write_into(file.parent, {file.name: workbook})
    click.echo(f"Written: {file}")
