"""The command that verifies a journal of records."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from muster.hq.records.findings import Verified


@click.command("verify-records")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key",
    "key_file",
    metavar="PUBLIC_KEY",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="public key of the site, in PEM, from a source other than FILE",
)
def verify_records(file: Path, key_file: Path) -> None:
    """Verify the journal in FILE: that no event was changed, dropped, put in or moved since its site signed it.

    Exit code 1 with findings, 2 where FILE is no whole journal or PUBLIC_KEY no key.
    """
    try:
        from muster.hq.records.keys import KeyRefused, load_public_key
        from muster.hq.records.verify import NoJournal, verify_journal
    except ImportError:
        _refuse("Package cryptography is not installed; install it with `pip install 'muster-hq[hq]'`.")
    try:
        verified = verify_journal(file, load_public_key(key_file))
    except (KeyRefused, NoJournal) as refusal:
        _refuse(str(refusal))
    except OSError as error:
        _refuse(f"{error.filename} cannot be read: {error.strerror}; check the path and its permissions.")
    for finding in verified.findings:
        click.echo(f"{finding.rule}: {finding.message}")
    for sentence in _told(verified):
        click.echo(sentence)
    if verified.findings:
        number = len(verified.findings)
        click.echo(f"{number} finding{'s' if number > 1 else ''}.", err=True)
        sys.exit(1)
    click.echo(f"No findings: the chain of {verified.site} holds over {verified.events} events.")


def _told(verified: "Verified") -> Iterator[str]:
    """What is no fault and must be known."""
    if verified.withheld:
        yield f"Withheld bodies: {len(verified.withheld)}; what they say is not verified, their headers are."
    if verified.purged:
        yield f"Purged bodies: {len(verified.purged)}; what they said is not verified, their headers are."
    for sequence, key in verified.keys:
        yield (
            f"Key handed over: {verified.site}#{sequence}, to {key}; compare it with that of the site by another way."
        )
    if verified.sealed_to:
        yield (
            f"Last checkpoint: {verified.site}#{verified.sealed_to}, signed {verified.sealed_at}, hash "
            f"{verified.sealed_hash}; compare it with one kept elsewhere to know that nothing later was cut off."
        )
    if verified.not_yet_sealed:
        yield f"Not yet sealed: {verified.not_yet_sealed} after the last checkpoint; nobody has signed them."


def _refuse(message: str) -> NoReturn:
    """Tell why there is nothing to verify and end with exit code 2."""
    click.echo(message, err=True)
    sys.exit(2)
