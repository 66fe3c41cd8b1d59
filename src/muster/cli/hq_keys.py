"""The commands that change the keys of a headquarters."""

from pathlib import Path

import click

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))


@click.group()
def keys() -> None:
    """Change the keys of a headquarters, while it is served."""


@keys.command()
@_FOLDER
@click.argument("which", metavar="KEY", type=click.Choice(["context", "site"]))
def rotate(folder: Path, which: str) -> None:
    """Change KEY of the headquarters in DIR: context, by which each request is signed, or site, which signs records.

    Nobody is signed out. The key of the context that was in use is good for eleven minutes more. The key of the site is
    handed over by an event that it signs, and is gone then: keep the new one with muster hq backup --keys-to. The file
    site.pub stays: with it the whole journal is verified.
    """
    from datetime import UTC, datetime

    from muster.hq.serving import founded

    at = datetime.now(UTC)
    with founded(folder):
        from muster.hq.keeping.rotating import rotate_context_key, rotate_site_key

        if which == "context":
            until = rotate_context_key(folder, at=at)
            click.echo(f"Requests are signed with a new key; the one before is good until {until:%Y-%m-%d %H:%M}Z.")
            return
        fingerprint = rotate_site_key(folder, at=at)
    click.echo(f"Records are signed with a new key, {fingerprint}.")
    click.echo(f"Keep it: muster hq backup {folder} --to FOLDER --keys-to FILE")
