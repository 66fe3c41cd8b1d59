"""The commands of the headquarters application; each has a file of its own."""

import click

from muster.cli.hq_verify_records import verify_records


@click.group()
def hq() -> None:
    """Run the headquarters application, and verify what it recorded."""


for command in (verify_records,):
    hq.add_command(command)
