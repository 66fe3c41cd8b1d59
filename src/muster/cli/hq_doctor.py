"""The command that looks whether all is well with a headquarters."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def doctor(folder: Path) -> None:
    """Look at the headquarters in DIR: database, disk, schema, boundary, journal and backups.

    What is wrong is told with its remedy, and the exit code is 1 then.
    """
    from datetime import UTC, datetime

    from muster.hq.serving import founded

    with founded(folder):
        from muster.hq.keeping.doctor import examine

        found = examine(folder, at=datetime.now(UTC))
    for look in found:
        click.echo(str(look))
    sys.exit(1 if any(look.remedy for look in found) else 0)
