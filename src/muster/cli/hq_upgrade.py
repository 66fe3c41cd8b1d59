"""The command that brings a headquarters to this version of Muster."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def upgrade(folder: Path) -> None:
    """Upgrade the headquarters in DIR to this version of Muster: back it up, change its schema, check its boundary.

    It must be stopped. The backup goes to the folder backups of DIR, without keys; muster hq restore takes it.
    """
    from datetime import UTC, datetime

    from muster.hq.served import as_only_server
    from muster.hq.serving import founded

    with founded(folder), as_only_server(folder):
        from muster.hq.keeping.upgrade import upgrade as upgrade_schema

        done = upgrade_schema(folder, at=datetime.now(UTC))
    if done.backup is None:
        click.echo("Nothing to change: the database is of this version. The boundary holds.")
        return
    click.echo(f"Backup of before: {done.backup.resolve()}")
    for change in done.changes:
        click.echo(f"Changed: {change}")
    click.echo("The boundary holds.")
