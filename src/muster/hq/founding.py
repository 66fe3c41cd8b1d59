"""Founding a headquarters: its schema, its nations, posts and accounts, and the scenario that it begins with."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.exchange.scenario import Scenario
from muster.forces import Nation, Part
from muster.hq.boundary.context import enter, signed
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.boundary.masks import BITS, FIRST_NATION_BIT, HEADQUARTERS, STAFF_BIT
from muster.hq.boundary.models import ContextKey
from muster.hq.boundary.schema import GRANTS
from muster.hq.people import passwords
from muster.hq.people.choices import WRITERS, Branch, Role, SecondFactor
from muster.hq.people.models import Account, Post, Principal, SignInRule
from muster.hq.people.passwords import OneTimePassword
from muster.hq.people.queries import forget_principals
from muster.hq.people.traces import Operator
from muster.hq.people.viewing import viewer_of
from muster.hq.records.models import Site
from muster.hq.scenario.actions import NewRow, enter_rows, first_label
from muster.hq.scenario.forms import LABEL_COLUMN
from muster.hq.scenario.tables import CONTENT, DOCUMENTS, LINE, NATION, owner_of

ALWAYS: Final = datetime(9999, 1, 1, tzinfo=UTC)
TOLD: Final[Mapping[str, Marking]] = {
    **dict.fromkeys(
        ("settings", "cases", "nations", "sites", "places", "platforms", "unit_types", "factors"), Marking.OPEN
    ),
    **dict.fromkeys(("requirements", "gates", "activations", "permits", "calendars", "links"), Marking.RESTRICTED),
}
"""Tables of the headquarters that every nation of the coalition is told, with their marking."""
STAFF_POSTS: Final = (
    ("J5-PLANS", "Planner, J5", Role.PLANNER, Branch.J5),
    ("COS", "Chief of staff", Role.CHIEF, Branch.COMMAND),
    ("OBSERVER-1", "Observer", Role.OBSERVER, ""),
    ("ADMIN", "Administrator", Role.ADMINISTRATOR, Branch.J6),
)


def migrate() -> None:
    """Bring the schema to what this version needs, and the database to the key in use."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(GRANTS)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    inner, outer = settings.CONTEXT_KEY.paddings()
    ContextKey.objects.using("owner").update_or_create(
        key_id=settings.CONTEXT_KEY.key_id,
        defaults={"inner_pad": inner, "outer_pad": outer, "good_until": ALWAYS},
    )


def list_pending() -> list[str]:
    """Changes of the schema that the database lacks, in their order."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def list_nations(nations: Sequence[Nation]) -> None:
    """Take nations in, each with a bit of its own; those that are there keep theirs."""
    Site.objects.get_or_create(code=settings.SITE)
    Principal.objects.get_or_create(code=HEADQUARTERS, defaults={"name": "Headquarters", "bit": STAFF_BIT})
    taken = {STAFF_BIT, *Principal.objects.values_list("bit", flat=True)}
    free = (bit for bit in range(FIRST_NATION_BIT, BITS) if bit not in taken)
    known = set(Principal.objects.values_list("code", flat=True))
    for nation in nations:
        if nation.nation not in known:
            Principal.objects.create(code=nation.nation, name=nation.name, bit=next(free))
    forget_principals()


def list_posts(nations: Sequence[Nation]) -> None:
    """Set up the posts of the headquarters, and one of a liaison officer for each nation but those that observe."""
    cleared = MARKINGS.index(Marking.SENSITIVE)
    for code, title, role, branch in STAFF_POSTS:
        clearance = cleared if role in WRITERS else MARKINGS.index(Marking.OPEN)
        Post.objects.get_or_create(
            code=code, defaults={"title": title, "role": role, "clearance": clearance, "branch": branch}
        )
    for nation in nations:
        if nation.part is not Part.OBSERVER:
            Post.objects.get_or_create(
                code=f"LNO-{nation.nation}",
                defaults={
                    "title": f"Liaison officer, {nation.name}",
                    "role": Role.LIAISON,
                    "nation_id": nation.nation,
                    "filled_by_id": nation.nation,
                    "clearance": cleared,
                },
            )


def choose_second_factor(choice: SecondFactor) -> None:
    """Say whether staff and the administrator must sign in with a second factor; where nothing is said they must."""
    SignInRule.objects.update_or_create(pk=1, defaults={"second_factor": choice})


def give_password(post: str, *, without_factors: bool = False) -> OneTimePassword:
    """Draw a password for a post, as whoever works at the machine: see :func:`passwords.give_password`.

    Raises
    ------
    NoSuchPost
        When there is no such post; the message names those there are.
    """
    return passwords.give_password(
        post=post, by=Operator(), at=datetime.now(UTC), without_factors=without_factors
    )  # fmt: skip


@transaction.atomic
def enter_scenario(scenario: Scenario, *, at: datetime) -> int:
    """Have the headquarters and each nation enter its rows, as its own post would; gives how many.

    Rows of nations are restricted, and seen by their nation and the headquarters only; what the headquarters tells
    every nation is in :data:`TOLD`. Where the journal has begun nothing is entered again.
    """
    if Site.objects.get(code=settings.SITE).last_sequence:
        return 0
    of_owner: dict[str, list[NewRow]] = {}
    lines = {row.cells[LINE]: row.cells[NATION] for row in scenario.tables["lines"].records}
    for table, cells in _rows(scenario):
        owner = owner_of(table, cells, lines)
        of_owner.setdefault(owner, []).append(NewRow(table, cells, _label(table, owner)))
    for owner, rows in sorted(of_owner.items()):
        post = STAFF_POSTS[0][0] if owner == HEADQUARTERS else f"LNO-{owner}"
        account = Account.objects.select_related("post").filter(post_id=post).first()
        if account is None:
            account = Account.objects.of_post(Post.objects.get(pk=post), None)
        act_as(account, at=at)
        enter_rows(rows=rows, by=account, at=at)
    return sum(map(len, of_owner.values()))


def act_as(account: Account, *, at: datetime) -> None:
    """Act for an account in the rest of the transaction."""
    with connection.cursor() as cursor:
        enter(cursor, signed(viewer_of(account), settings.CONTEXT_KEY, at=at))


def _rows(scenario: Scenario) -> Iterator[tuple[str, dict[str, str]]]:
    """Filled cells of each row, and the documents; what a folder calls a label stands for nothing here."""
    files = scenario.files()
    for table, file in DOCUMENTS.items():
        if file in files:
            yield table, {CONTENT: files[file].decode().strip()}
    for table, rows in scenario.tables.items():
        for record in rows.records:
            yield table, {name: text for name, text in record.cells.items() if name != LABEL_COLUMN}


def _label(table: str, owner: str) -> Label:
    if owner == HEADQUARTERS and table in TOLD:
        return Label(owner, TOLD[table], frozenset({EVERY_NATION}))
    return first_label(owner)
