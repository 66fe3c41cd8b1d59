"""The command that says how likely the coverage of a matching is."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from muster.cli.matching_folders import read_answered, read_matching, write_answers
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse, say
from muster.exchange.matching_summary import percent, row
from muster.forces.matching.answers.chance import assess
from muster.forces.matching.reporting.likely import Likely, RiskRows, read_risk

SHOWN = 8
"""Causes that a terminal shows."""
TOLD_EVERY_S = 2.0


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--runs", default=500, show_default=True, type=click.IntRange(20), help="Runs.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Seed of everything drawn.")
def risk(folder: Path, runs: int, seed: int) -> None:
    """Say how likely the coverage of the matching in DIR is: gates open or not, and words are kept or not.

    Each run is answered twice: the matching as it stands without what falls away, and matched again. Keeps the answer
    beside the matching and draws the report again. Equal seeds draw alike. Ctrl-C stops with the runs that are done.
    """
    problem, matching = read_matching(folder)
    answered = read_answered(folder)
    with stopping_at_ctrl_c("the runs done so far") as is_asked:
        found = assess(problem, matching, runs=runs, seed=seed, on_progress=_Progress(runs).show, should_stop=is_asked)
    if not found.runs:
        refuse("No run was done; nothing was written.")
    write_answers(folder, problem, matching, replace(answered, risk=found))
    for line in _show(read_risk(found)):
        click.echo(line)
    click.echo(f"Report: {(folder / 'report.html').resolve()}")


def _show(risk: RiskRows) -> Iterator[str]:
    yield row("runs", f"{risk.runs}, seed {risk.seed}")
    for name, likely in (("as it stands", risk.standing), ("matched again", risk.rematched)):
        yield row(name, _levels(risk, likely))
    for what, share in risk.causes[:SHOWN]:
        if share > 0:
            yield row("in doubt", f"{what}: {100 * share:.2f} points on average")


def _levels(risk: RiskRows, likely: Likely) -> str:
    pairs = zip(risk.levels, likely.reached, strict=True)
    return ", ".join(f"P{round(100 * level)} {percent(reached)}" for level, reached in pairs)


class _Progress:
    """Tells every few seconds how many runs are done."""

    def __init__(self, runs: int) -> None:
        self._runs, self._started = runs, time.monotonic()
        self._told = self._started

    def show(self, done: int) -> None:
        """Tell it."""
        now = time.monotonic()
        if done < self._runs and now - self._told < TOLD_EVERY_S:
            return
        self._told = now
        say(f"{now - self._started:6.1f} s  {done} of {self._runs} runs")
