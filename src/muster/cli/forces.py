"""The commands of force generation; each has a file of its own."""

import click

from muster.cli.forces_lines import lines


@click.group()
def forces() -> None:
    """Match what nations offer to what the force needs, and hand the matched force to the movement planner."""


for command in (lines,):
    forces.add_command(command)
