"""The commands of force generation; each has a file of its own."""

import click

from muster.cli.forces_asks import asks
from muster.cli.forces_check import check
from muster.cli.forces_lines import lines
from muster.cli.forces_match import match
from muster.cli.forces_pledge import pledge
from muster.cli.forces_report import report
from muster.cli.forces_risk import risk
from muster.cli.forces_whatif import whatif


@click.group()
def forces() -> None:
    """Match what nations offer to what the force needs, and hand the matched force to the movement planner."""


for command in (match, check, asks, whatif, risk, report, lines, pledge):
    forces.add_command(command)
