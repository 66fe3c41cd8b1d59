"""The commands that carry journals between sites as files."""

from pathlib import Path

import click

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))


@click.group()
def journal() -> None:
    """Carry what was written to another site, on a stick or in a mail, and take in what came from there."""


@journal.command("export")
@_FOLDER
@click.option("--to", "site", required=True, metavar="CODE", help="Site that the file is for.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option("--everything", is_flag=True, help="Send all, and not only what the site has not said that it has.")
def export(folder: Path, site: str, out: Path, *, everything: bool) -> None:
    """Write what site CODE lacks of all that is in DIR: the bodies that it may hold, of all else the headers.

    The file is signed by the sites that wrote what is in it. It is not encrypted: carry it as what is in it demands.
    """
    from datetime import UTC, datetime

    from muster.cli.telling import refuse
    from muster.hq.folder import SITE_KEY_NAME
    from muster.hq.records.keys import load_site_key
    from muster.hq.serving import founded

    try:
        with founded(folder):
            from muster.hq.records.sealing import seal_new
            from muster.hq.sites.known import know_own
            from muster.hq.sites.sending import send

            know_own(folder)
            seal_new(load_site_key(folder / SITE_KEY_NAME), at=datetime.now(UTC))
            sent = send(out.resolve(), to=site, everything=everything)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}; check the path and its permissions.")
    told = ", ".join(f"{code} up to {last:,}" for code, last in sorted(sent.items())) or "nothing yet"
    click.echo(f"{out.resolve()}: {told}")


@journal.command("import")
@_FOLDER
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_(folder: Path, file: Path) -> None:
    """Take in FILE, which another site wrote for the one in DIR, whole or not at all.

    Everything is verified first: chains, signatures, labels. Taking the same file in again changes nothing.
    """
    from datetime import UTC, datetime

    from muster.cli.telling import refuse
    from muster.hq.serving import founded

    try:
        with founded(folder):
            from muster.hq.sites.known import know_own
            from muster.hq.sites.receiving import receive

            know_own(folder)
            received = receive(file, at=datetime.now(UTC))
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}; check the path and its permissions.")
    for site, events in received.events.items():
        click.echo(f"{site}: {events:,} new events")
    if not received.events:
        click.echo("Nothing new.")
    for site, (waits, lacking) in received.waiting.items():
        click.echo(f"{site}: {waits} waits for {lacking}, which has to come from elsewhere first.")
    if received.not_taken:
        click.echo(f"{received.not_taken:,} bodies were left: this site may not hold them, and they came all the same.")
    if received.conflicts:
        click.echo(f"{received.conflicts:,} conflicts are open in what was written to; see the page Conflicts.")
