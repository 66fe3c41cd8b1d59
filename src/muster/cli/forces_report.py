"""The command that draws a matching for the headquarters, for one nation, or for everybody."""

from pathlib import Path
from typing import Final

import click

from muster.cli.matching_folders import read_answered, read_matching, read_releases
from muster.cli.plan_folders import write_into
from muster.cli.telling import refuse
from muster.disclosure import AggregatesRefused, Edition
from muster.exchange.answers_json import RELEASES_FILE, encode_releases
from muster.exchange.plan_names import REPORT_FILE
from muster.exchange.report_html.matching_page import draw_matching, draw_nation_matching, draw_releasable_matching
from muster.exchange.scenario.names import Suggestions
from muster.forces.matching.checks import check
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.nation_view import nation_report
from muster.forces.matching.reporting.releasable import edition_of, releasable
from muster.forces.matching.reporting.report import report as full_report

HQ: Final = "hq"
RELEASABLE: Final = "releasable"
NATION: Final = "nation:"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--view",
    default=HQ,
    show_default=True,
    metavar="VIEW",
    help="For whom: hq sees all, nation:FRA what is its own and bands, releasable what everybody may see.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File.  [default: in DIR, by the view]")
def report(folder: Path, view: str, out: Path | None) -> None:
    """Draw the matching in DIR as one HTML file that opens with no network.

    What others than the headquarters see in bands is a release: it is tested against all releases before, kept in
    releases.json, and told again as it is while the matching stays the same.
    """
    problem, matching = read_matching(folder)
    if view == HQ:
        told = full_report(problem, matching, read_answered(folder), findings=check(problem, matching))
        drawn, name = draw_matching(told), REPORT_FILE
    elif view == RELEASABLE:
        edition = _released(folder, problem, matching)
        drawn, name = draw_releasable_matching(releasable(problem, edition.release)), "report-releasable.html"
    elif view.startswith(NATION):
        nation = _nation(problem, view.removeprefix(NATION))
        edition, unused = _released(folder, problem, matching), read_answered(folder).unused
        seen = nation_report(problem, matching, nation, release=edition.release, unused=unused)
        drawn, name = draw_nation_matching(seen), f"report-{nation}.html"
    else:
        raise click.UsageError(f'There is no view "{view}"; give {HQ}, {RELEASABLE}, or {NATION} and a nation.')
    path = folder / name if out is None else out
    write_into(path.parent, {path.name: drawn})
    click.echo(f"Report: {path.resolve()}")


def _released(folder: Path, problem: MatchingProblem, matching: Matching) -> Edition:
    """The release of a matching; a new one is kept before anybody sees it."""
    history = read_releases(folder)
    try:
        edition = edition_of(problem, matching, history)
    except AggregatesRefused as error:
        refuse(str(error))
    if edition not in history:
        write_into(folder, {RELEASES_FILE: encode_releases((*history, edition))})
    shown = edition.release
    kept_back = sum(statement.shown is None for statement in shown.statements)
    click.echo(f"Release {shown.number}: {len(shown.statements) - kept_back} bands, {kept_back} kept back.")
    return edition


def _nation(problem: MatchingProblem, code: str) -> str:
    known = sorted({offer.nation for offer in problem.offers})
    if code not in known:
        remedy = Suggestions(known).remedy(code, f"Nations that offer: {', '.join(known)}.")
        refuse(f'No offer is of nation "{code}". {remedy}')
    return code
