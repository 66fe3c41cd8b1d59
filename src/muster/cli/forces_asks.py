"""The command that works out what to ask of whom."""

from pathlib import Path

import click

from muster.cli.course import seconds_to
from muster.cli.forces_match import ANSWERS_S, tell_cut_short
from muster.cli.matching_folders import read_answered, read_matching, write_answers
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import say
from muster.exchange.matching_summary import show_worths
from muster.forces.matching.answers.asking import Asker, answer_asks
from muster.forces.matching.answers.asks import MOST_ASKS, rematches
from muster.forces.matching.reporting.report import report


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--most", default=MOST_ASKS, show_default=True, type=click.IntRange(1, 1000), help="Most asks worked out."
)
@click.option(
    "--answers-s",
    default=ANSWERS_S,
    show_default=True,
    callback=seconds_to("work"),
    help="Seconds for all asks together; what is not worked out by then is told.",
)
def asks(folder: Path, most: int, answers_s: float) -> None:
    """Say what to ask of whom: the offers that would add most to the coverage of the matching in DIR.

    Each is worked out by matching again. Keeps the asks beside the matching and draws the report again. Ctrl-C stops
    with the asks worked out so far.
    """
    problem, matching = read_matching(folder)
    answered = read_answered(folder)
    with stopping_at_ctrl_c("the asks worked out so far") as is_asked:
        asker = Asker(
            problem,
            matching,
            answered,
            seconds=answers_s,
            rematches=rematches(most),
            is_asked_to_stop=is_asked,
            tell=say,
        )
        answered = answer_asks(asker, answered, most=most)
    write_answers(folder, problem, matching, answered)
    rows = report(problem, matching, answered).asks or ()
    for line in show_worths(rows, most):
        click.echo(line)
    if not rows:
        click.echo("No further offer on the terms that nations usually give would add to coverage.")
    tell_cut_short(answered)
    click.echo(f"Report: {(folder / 'report.html').resolve()}")
