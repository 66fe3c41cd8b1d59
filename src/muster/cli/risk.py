"""The command that assesses the risk of the closure date."""

import os
import time
from pathlib import Path
from typing import Final

import click

from muster.cli.plan_folders import read_plan, read_summary, write_into
from muster.cli.risk_summary import show_risk
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse
from muster.exchange import risk_json
from muster.exchange.report_html.risk_page import draw_risk
from muster.movement.checks import check
from muster.movement.risk import Hazard, NothingReplayed, Policy, UnusableFigures, assess, is_made
from muster.reference import load_factors
from muster.trials import ClusterUnusable, ClusterWorkers, LocalWorkers, Workers, WorkersLost

BOTH: Final = "both"
TOLD_EVERY_S: Final = 2.0
"""Seconds between two reports of progress."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--runs",
    default=5000,
    show_default=True,
    type=click.IntRange(min=20),
    help="Runs of the whole question under each policy; comparisons take a tenth of them, and at least 200.",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0), help="Seed of everything drawn.")
@click.option(
    "--policy",
    default=BOTH,
    show_default=True,
    type=click.Choice([*(policy.value for policy in Policy), BOTH]),
    help="What is done about setbacks: everything later in the plan's order, or assets chosen as loads are there.",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice([hazard.value for hazard in Hazard]),
    help="Leave a hazard out; may be given several times.",
)
@click.option(
    "--workers",
    "count",
    type=click.IntRange(min=1),
    help="Processes of this machine.  [default: one for each processor]",
)
@click.option("--cluster", "address", metavar="ADDRESS", help="Address of a Dask scheduler whose workers do the runs.")
def risk(
    folder: Path,
    runs: int,
    seed: int,
    policy: str,
    without: tuple[str, ...],
    count: int | None,
    address: str | None,
) -> None:
    """Replay the plan in DIR many times under what can go wrong, and say how likely its closure is.

    Writes risk.json and risk.html. Equal seeds give equal results on any number of workers. Ctrl-C stops with the runs
    that are done by then.
    """
    hazards = [hazard for hazard in Hazard if hazard not in without]
    if not hazards:
        raise click.UsageError("--without leaves no hazard; leave out fewer.")
    problem, plan = read_plan(folder)
    bound_d = read_summary(folder).get("closure_bound_d")
    findings = check(problem, plan)
    if findings:
        refuse(
            f"The plan breaks {len(findings)} rule{'s' if len(findings) > 1 else ''}, so it cannot be replayed; "
            f"see: muster movement check {folder}"
        )
    if not plan.moves:
        refuse("The plan moves nothing, so its closure bears no risk; plan lines that can move.")
    if not is_made():
        click.echo("making the machine code of the replays: about a minute, once for this installation", err=True)
    with stopping_at_ctrl_c("the runs done so far") as should_stop:
        try:
            with _workers(count, address) as workers:
                result = assess(
                    problem,
                    plan,
                    load_factors(),
                    workers=workers,
                    runs=runs,
                    seed=seed,
                    policies=list(Policy) if policy == BOTH else [Policy(policy)],
                    hazards=hazards,
                    bound_d=bound_d if isinstance(bound_d, float | int) else None,
                    on_progress=_Progress().show,
                    should_stop=should_stop,
                )
        except (ClusterUnusable, NothingReplayed, UnusableFigures, WorkersLost) as error:
            refuse(f"{error} Nothing was written.")
    write_into(folder, {risk_json.FILE: risk_json.encode_risk(result), "risk.html": draw_risk(result)})
    for line in show_risk(result):
        click.echo(line)
    click.echo(f"Risk: {(folder / 'risk.html').resolve()}")


def _workers(count: int | None, address: str | None) -> Workers:
    if address is not None:
        return ClusterWorkers(address)
    return LocalWorkers(count or os.cpu_count() or 1)


class _Progress:
    """Tells how many replays are done."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()

    def show(self, done: int, count: int) -> None:
        """Tell it every few seconds, and at the end."""
        now = time.monotonic()
        if done < count and now - self._told < TOLD_EVERY_S:
            return
        self._told = now
        click.echo(f"{now - self._started:6.1f} s  {done} of {count} replays", err=True)
