"""The commands of the headquarters application; each has a file of its own."""

from typing import Any

import click

from muster.cli.hq_backup import backup, restore
from muster.cli.hq_doctor import doctor
from muster.cli.hq_export_records import export_records
from muster.cli.hq_init import init
from muster.cli.hq_journal import journal
from muster.cli.hq_keys import keys
from muster.cli.hq_password import password
from muster.cli.hq_serve import serve, stop
from muster.cli.hq_sites import sites
from muster.cli.hq_upgrade import upgrade
from muster.cli.hq_verify_records import verify_records
from muster.cli.telling import refuse


class Headquarters(click.Group):
    """Commands whose refusals are told in a sentence, with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Give a command."""
        from muster.hq.refused import Refused

        try:
            return super().invoke(ctx)
        except Refused as refused:
            refuse(str(refused))


@click.group(cls=Headquarters)
def hq() -> None:
    """Run the headquarters application, and verify what it recorded."""


for command in (
    init, serve, stop, password, keys, doctor, backup, restore, upgrade, export_records, verify_records, sites, journal,
):  # fmt: skip
    hq.add_command(command)
