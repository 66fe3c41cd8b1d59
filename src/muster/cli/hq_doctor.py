"""The command that looks whether a headquarters may serve."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def doctor(folder: Path) -> None:
    """Look at the boundary of the headquarters in DIR, and name every weakness; exit code 1 when there is one."""
    from muster.cli.folders import refuse
    from muster.hq.folder import NoHeadquarters
    from muster.hq.serving import founded

    try:
        with founded(folder):
            from muster.hq.boundary.selfcheck import look

            found = look()
    except NoHeadquarters as refused:
        refuse(str(refused))
    for weakness in found:
        click.echo(str(weakness))
    click.echo(f"{len(found)} weaknesses" if found else "The boundary holds.")
    sys.exit(1 if found else 0)
