"""What is put into the database of a headquarters that is to be measured: nations, rows, and sessions."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.http import HttpRequest

from benchmarks.hq_load.filling import Kept, SignedIn
from benchmarks.hq_load.size import Size
from muster.forces import Nation
from muster.hq import founding
from muster.hq.people.choices import NEEDS_FACTOR, FactorKind, Role
from muster.hq.people.models import Account, Factor, Post
from muster.hq.people.queries import bits
from muster.hq.scenario.models import Row
from muster.hq.scenario.tables import TABLES, name_of

AT: Final = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
_AT_ONCE: Final = 2000


def found(nations: Sequence[Nation]) -> None:
    """Make the schema, and take the nations in."""
    founding.migrate()
    founding.list_nations(nations)


def put_in(rows: Mapping[uuid.UUID, Kept]) -> None:
    """Insert rows as the owner of the schema, in their order, and gather statistics as the database does in time."""
    labels = bits()
    place: dict[str, int] = {}
    made: list[Row] = []
    for key, kept in rows.items():
        place[kept.table] = place.get(kept.table, -1) + 1
        row = Row(
            id=key,
            table=kept.table,
            name=name_of(TABLES[kept.table], kept.cells),
            cells=dict(kept.cells),
            words="\n".join(kept.cells.values()).casefold(),
            position=place[kept.table],
            changed_at=AT,
        )
        row.put_label(kept.label, labels)
        made.append(row)
    Row.objects.using("owner").bulk_create(made, _AT_ONCE)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def sign_in(size: Size, nations: Sequence[str]) -> Iterator[SignedIn]:
    """Set up posts with their accounts, and begin a session for each."""
    for number in range(size.planners):
        yield _signed_in(f"PLANS-{number}", Role.PLANNER, None)
    for number in range(size.observers):
        yield _signed_in(f"OBSERVES-{number}", Role.OBSERVER, None)
    for nation in nations:
        for number in range(size.liaisons):
            yield _signed_in(f"LIAISON-{nation}-{number}", Role.LIAISON, nation)


def close() -> None:
    """Leave the database."""
    connections.close_all()


def _signed_in(code: str, role: Role, nation: str | None) -> SignedIn:
    """Set up a post, and have a browser of it signed in as a password and a second factor would."""
    clearance = 0 if role == Role.OBSERVER else 2
    post = Post.objects.create(code=code, title=code.title(), role=role, nation_id=nation, clearance=clearance)
    account = Account.objects.of_post(post, None)
    account.must_change_password = False
    account.save()
    if role in NEEDS_FACTOR:
        Factor.objects.create(account=account, kind=FactorKind.TOTP, name="application", secret=b"", added_at=AT)
    request = HttpRequest()
    request.session = SessionStore()
    login(request, account, "django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return SignedIn(code, nation, role == Role.PLANNER, str(request.session.session_key))
