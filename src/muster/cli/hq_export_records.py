"""The command that exports the journal of records."""

from pathlib import Path

import click


@click.command("export-records")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
def export_records(folder: Path, out: Path) -> None:
    """Export the journal of the headquarters in DIR, all events with their bodies, and seal what is not sealed yet.

    The file holds what all nations entered: it is for the archive of the headquarters. Verify it with
    muster hq verify-records and the file site.pub of DIR, kept elsewhere since the site was founded.
    """
    from datetime import UTC, datetime

    from muster.cli.telling import refuse
    from muster.hq.folder import PUBLIC_KEY_NAME, SITE_KEY_NAME
    from muster.hq.records.keys import load_public_key, load_site_key
    from muster.hq.serving import founded

    try:
        with founded(folder):
            from muster.hq.records.sealing import export_journal, seal_new

            key = load_site_key(folder / SITE_KEY_NAME)
            seal_new(key, at=datetime.now(UTC))
            events = export_journal(out, load_public_key(folder / PUBLIC_KEY_NAME))
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}; check the path and its permissions.")
    click.echo(f"{events} events: {out.resolve()}")
