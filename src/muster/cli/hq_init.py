"""The command that founds a headquarters."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--scenario",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Scenario folder with nations, requirements, offers and all else that the headquarters begins with.",
)
@click.option(
    "--plan",
    "plans",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of a matching or a movement plan that the planner begins with; may be given several times.",
)
@click.option(
    "--second-factor",
    type=click.Choice(["required", "offered"]),
    default="required",
    show_default=True,
    help="Whether all posts but observers must sign in with a second factor; offered is for exercises.",
)
@click.option(
    "--give",
    "posts",
    multiple=True,
    default=("J5-PLANS", "COS", "LNO-FRA", "LNO-GBR", "LNO-POL", "OBSERVER-1", "ADMIN"),
    show_default=True,
    help="Posts that get a one-time password now; others get theirs by muster hq password.",
)
def init(
    folder: Path, scenario: Path, plans: tuple[Path, ...], second_factor: str, posts: tuple[str, ...]
) -> None:  # fmt: skip
    """Found a headquarters in DIR: its database, posts and keys, and the rows of a scenario.

    Every nation of the scenario that does not only observe has a post for a liaison officer (LNO-FRA). The
    one-time passwords are shown once and kept nowhere; each opens nothing but the page where the post sets a password
    of its own.
    """
    from datetime import UTC, datetime

    from muster.cli.folders import read_scenario_folder
    from muster.cli.telling import refuse, say
    from muster.forces import Nation
    from muster.hq.folder import is_founded, make_secrets, note_founded
    from muster.hq.running import use
    from muster.hq.serving import database_of, make_keys

    if is_founded(folder):
        refuse(f"{folder} holds a headquarters already; start it with: muster hq serve {folder}")
    read = read_scenario_folder(scenario)
    for plan in plans:
        _refuse_unreadable(plan)
    nations = read.list_values("nations", read.settings.default_case, Nation)
    say("making the database")
    make_secrets(folder)
    make_keys(folder)
    with database_of(folder):
        use(folder)
        from muster.hq import founding
        from muster.hq.people.choices import SecondFactor
        from muster.hq.people.passwords import NoSuchPost

        founding.migrate()
        founding.list_nations(nations)
        founding.list_posts(nations)
        founding.choose_second_factor(SecondFactor(second_factor))
        say("entering the rows of the headquarters and of each nation")
        entered = founding.enter_scenario(read, at=datetime.now(UTC))
        if plans:
            say("keeping the plans")
            from muster.hq.first_plans import keep_plans

            keep_plans([_files(plan) for plan in plans], at=datetime.now(UTC))
        try:
            given = [founding.give_password(post) for post in posts]
        except NoSuchPost as refused:
            refuse(f"{refused} Give passwords to those, with --give.")
        note_founded(folder)
    click.echo(f"Headquarters: {folder.resolve()}")
    click.echo(f"{entered} rows entered; those of a nation are seen by it and the headquarters only.")
    if second_factor == "offered":
        click.echo("A second factor is offered and not required: a password alone signs in. Not for real work.")
    else:
        click.echo(
            "Whoever signs in first sets a password and adds a second factor: a security key, or an application for"
            " one-time codes. Observers may go without."
        )
    click.echo("One-time passwords, shown once:")
    for one in given:
        click.echo(f"  {one.post:<12} {one.password}")
    click.echo(f"Start it with: muster hq serve {folder}")


def _refuse_unreadable(folder: Path) -> None:
    """Refuse a folder that holds neither a matching nor a plan, before anything is made."""
    from muster.cli.matching_folders import read_matching
    from muster.cli.plan_folders import read_plan
    from muster.exchange.matching_json import MATCHING_FILE

    if (folder / MATCHING_FILE).is_file():
        read_matching(folder)
    else:
        read_plan(folder)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
