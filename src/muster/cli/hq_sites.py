"""The commands that tell sites of each other, and found another one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from muster.hq.sites.holding import Holds

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
_MAY_HOLD = click.option(
    "--may-hold",
    "nations",
    multiple=True,
    metavar="NATION",
    help="Nation whose things, and those released to it, the site may hold; may be given several times. "
    "Without it the site may hold everything, as a seat does.",
)
_HIGHEST = click.option(
    "--highest",
    type=click.Choice(["open", "restricted", "sensitive"]),
    default="sensitive",
    show_default=True,
    help="The most sensitive marking that the site may hold.",
)


@click.group()
def sites() -> None:
    """Work at several sites: each has its own database, and journals travel between them."""


@sites.command("list")
@_FOLDER
def list_(folder: Path) -> None:
    """List the sites that the headquarters in DIR knows, with what it has of their journals."""
    from muster.hq.serving import founded

    with founded(folder):
        from muster.hq.sites.known import know_own
        from muster.hq.sites.standing import list_standing

        know_own(folder)
        for standing in list_standing():
            click.echo(str(standing))


@sites.command()
@_FOLDER
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
def describe(folder: Path, out: Path) -> None:
    """Write what a new site begins with: nations, posts, and the sites known in DIR.

    It holds no offers, and no keys but public ones.
    """
    from muster.hq.serving import founded

    with founded(folder):
        from muster.hq.sites.known import describe as write
        from muster.hq.sites.known import know_own

        know_own(folder)
        write(out)
    click.echo(f"Found another site with: muster hq sites join NEWDIR CODE --like {out}")


@sites.command()
@_FOLDER
@click.argument("code", metavar="CODE")
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Its file site.pub."
)
@_MAY_HOLD
@_HIGHEST
def add(folder: Path, code: str, key: Path, nations: tuple[str, ...], highest: str) -> None:
    """Have the headquarters in DIR take the journal of site CODE, and send it what it may hold.

    Compare the fingerprint that is printed with the other site by telephone before anything travels.
    """
    from muster.hq.serving import founded

    with founded(folder):
        from muster.hq.records.keys import fingerprint, load_public_key
        from muster.hq.sites.known import add_site, know_own

        know_own(folder)
        add_site(code, key, _holds(nations, highest))
        click.echo(f"{code} is known, with key {fingerprint(load_public_key(key))}.")


@sites.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.argument("code", metavar="CODE")
@click.option(
    "--like",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File that another site wrote with muster hq sites describe.",
)
@_MAY_HOLD
@_HIGHEST
@click.option(
    "--second-factor",
    type=click.Choice(["required", "offered"]),
    default="required",
    show_default=True,
    help="As for muster hq init.",
)
@click.option("--give", "posts", multiple=True, help="Post that gets a one-time password now.")
def join(
    folder: Path, code: str, like: Path, nations: tuple[str, ...], highest: str, second_factor: str,
    posts: tuple[str, ...],
) -> None:  # fmt: skip
    """Found site CODE in DIR, with the nations and posts of another site, and nothing else yet.

    What was entered elsewhere comes with muster hq journal import. Accounts do not travel: each site gives passwords
    of its own.
    """
    from muster.cli.telling import refuse, say
    from muster.hq.folder import is_founded, make_secrets, name_site, note_founded
    from muster.hq.running import use
    from muster.hq.serving import database_of, make_keys

    if is_founded(folder):
        refuse(f"{folder} holds a headquarters already; a site is founded in a folder of its own.")
    say("making the database")
    make_secrets(folder)
    make_keys(folder)
    name_site(folder, code)
    with database_of(folder):
        use(folder)
        from muster.hq import founding
        from muster.hq.people.choices import SecondFactor
        from muster.hq.sites.known import begin_like, know_own

        founding.migrate()
        begin_like(like)
        know_own(folder, _holds(nations, highest))
        founding.choose_second_factor(SecondFactor(second_factor))
        given = [founding.give_password(post) for post in posts]
        note_founded(folder)
    click.echo(f"Site {code}: {folder.resolve()}")
    for one in given:
        click.echo(f"  {one.post:<12} {one.password}")
    click.echo(f"Have the other sites add it: muster hq sites add DIR {code} --key {folder / 'site.pub'}")


def _holds(nations: tuple[str, ...], highest: str) -> "Holds":
    from muster.disclosure.labels import Marking
    from muster.hq.sites.holding import Holds

    return Holds(Marking(highest), frozenset(nations) or None)
