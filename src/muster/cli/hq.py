"""The commands of the headquarters application; each has a file of its own."""

import click

from muster.cli.hq_doctor import doctor
from muster.cli.hq_init import init
from muster.cli.hq_password import password
from muster.cli.hq_serve import serve, stop


@click.group()
def hq() -> None:
    """Run the headquarters application, and verify what it recorded."""


for command in (init, serve, stop, password, doctor):
    hq.add_command(command)
