"""The command that founds a headquarters."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--scenario",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Scenario folder with the nations, and the offers that the headquarters begins with.",
)
@click.option("--case", default="base", show_default=True, help="Case of the scenario.")
@click.option(
    "--give",
    "posts",
    multiple=True,
    default=("J5-PLANS", "LNO-FRA", "LNO-GBR", "LNO-POL", "OBSERVER-1", "ADMIN"),
    show_default=True,
    help="Posts that get a one-time password now; others get theirs by muster hq password.",
)
def init(folder: Path, scenario: Path, case: str, posts: tuple[str, ...]) -> None:
    """Found a headquarters in DIR: its database, posts and keys, and the offers of a scenario.

    Every nation of the scenario that contributes has a post for a liaison officer (LNO-FRA). The one-time passwords
    are shown once and kept nowhere; each opens nothing but the page where the post sets a password of its own.
    """
    from datetime import UTC, datetime

    from muster.cli.folders import read_scenario_folder
    from muster.cli.telling import refuse, say
    from muster.exchange.scenario.matching_inputs import matching_problem
    from muster.hq.folder import is_founded, make_secrets, note_founded
    from muster.hq.running import use
    from muster.hq.serving import database_of, make_keys

    if is_founded(folder):
        refuse(f"{folder} holds a headquarters already; start it with: muster hq serve {folder}")
    problem = matching_problem(read_scenario_folder(scenario), case)
    say("making the database")
    make_secrets(folder)
    make_keys(folder)
    with database_of(folder):
        use(folder)
        from muster.hq import founding

        founding.migrate()
        founding.list_nations(problem.nations)
        founding.list_posts(problem.nations)
        say("entering the offers of each nation")
        entered = founding.enter_offers(problem.offers, at=datetime.now(UTC))
        try:
            given = [founding.give_password(post) for post in posts]
        except founding.NoSuchPost as refused:
            refuse(f"{refused} Give passwords to those, with --give.")
        note_founded(folder)
    click.echo(f"Headquarters: {folder.resolve()}")
    click.echo(f"{entered} offers entered, each seen by its nation and the headquarters only.")
    click.echo("One-time passwords, shown once:")
    for one in given:
        click.echo(f"  {one.post:<12} {one.password}")
    click.echo(f"Start it with: muster hq serve {folder}")
