"""The commands that back a headquarters up and restore it."""

from pathlib import Path

import click

_PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with the pass phrase, in place of the question; the backup is encrypted then.",
)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--to", "backup_folder", required=True, type=click.Path(path_type=Path), help="New folder that becomes the backup."
)
@click.option(
    "--keys-to",
    "keys_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="New file for the keys: once is enough. Keep it apart from every backup.",
)
@click.option("--encrypt", is_flag=True, help="Encrypt the backup; a pass phrase is asked for.")
@_PASSPHRASE_FILE
def backup(
    folder: Path, backup_folder: Path, keys_file: Path | None, encrypt: bool, passphrase_file: Path | None
) -> None:
    """Back up the headquarters in DIR as it is at one instant, while it is served.

    The backup holds what all nations entered, and no key; in clear, unless --encrypt or --passphrase-file is given. An
    encrypted backup whose pass phrase is forgotten is lost. A backup is restored with the keys only, which --keys-to
    writes to a file. Whoever has a backup that they can read and the keys has everything: all that was entered, and
    the power to sign records in the name of the site. Keep the two in different places, under different people.
    """
    from datetime import UTC, datetime

    from muster.cli.telling import refuse
    from muster.hq.keeping.kept import note_keys, read_kept
    from muster.hq.keeping.keys_file import keep_keys
    from muster.hq.serving import founded

    at = datetime.now(UTC)
    passphrase = _passphrase(passphrase_file, is_new=True) if encrypt or passphrase_file is not None else None
    if keys_file is not None and keys_file.resolve().is_relative_to(backup_folder.resolve()):
        refuse(f"{keys_file} is in the backup; keep the keys apart from it.")
    try:
        with founded(folder):
            from muster.hq.keeping.backup import back_up

            manifest = back_up(folder, backup_folder, at=at, passphrase=passphrase)
        if keys_file is not None:
            keep_keys(folder, keys_file)
            note_keys(folder, at=at)
    except OSError as error:
        refuse(f"{error.filename} cannot be written: {error.strerror}; check the path and its permissions.")
    click.echo(f"Backup: {backup_folder.resolve()}, {sum(manifest.rows.values())} rows as of {manifest.made_at}")
    if keys_file is not None:
        click.echo(f"Keys: {keys_file.resolve()}; keep them apart from the backup.")
    elif read_kept(folder).keys_at is None:
        click.echo(
            "The keys were never kept, and no backup is restored without them: give --keys-to FILE once.", err=True
        )


@click.command()
@click.argument("backup_folder", metavar="BACKUP", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--keys",
    "keys_file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File that muster hq backup --keys-to wrote.",
)
@_PASSPHRASE_FILE
def restore(backup_folder: Path, folder: Path, keys_file: Path, passphrase_file: Path | None) -> None:
    """Restore the headquarters of BACKUP into DIR, which must not exist or be empty: whole and verified, or not at all.

    Each file of the backup must be what its site signed, every row must be there, the boundary must hold and the
    journal must verify. The pass phrase of an encrypted backup is asked for. Everybody signs in anew. What was entered
    after the backup is not in it: when the headquarters that it was made of still serves, stop that one for good.
    """
    from muster.cli.telling import say
    from muster.hq.keeping.restore import restore as restore_backup

    say("restoring and verifying")
    manifest = restore_backup(
        backup_folder, folder, keys_file, ask_passphrase=lambda: _passphrase(passphrase_file, is_new=False)
    )
    click.echo(f"Headquarters: {folder.resolve()}, as of {manifest.made_at}")
    click.echo(f"{sum(manifest.rows.values())} rows; the journal verifies up to event {manifest.sealed_to}.")
    click.echo(f"Start it with: muster hq serve {folder}")


def _passphrase(file: Path | None, *, is_new: bool) -> str:
    """The pass phrase of a backup, from a file or from whoever sits there."""
    from muster.hq.keeping.locked import read_passphrase

    if file is not None:
        return read_passphrase(file)
    return str(click.prompt("Pass phrase of the backup", hide_input=True, confirmation_prompt=is_new, err=True))
