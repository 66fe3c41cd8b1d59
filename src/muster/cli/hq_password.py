"""The command that gives a post a one-time password."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("post")
@click.option("--factors", is_flag=True, help="Remove the second factors of the post too, for whoever has lost them.")
def password(folder: Path, post: str, factors: bool) -> None:
    """Give POST of the headquarters in DIR a one-time password; the one before is void, and its sessions end.

    It is shown once, and opens nothing but the page where the post sets a password of its own.
    """
    from muster.hq.serving import founded

    with founded(folder):
        from muster.hq.founding import give_password

        given = give_password(post, without_factors=factors)
    click.echo(f"{given.post}  {given.password}")
