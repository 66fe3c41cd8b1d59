"""A headquarters with something to leak: offers of three nations, each with a word that stands nowhere else."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection, transaction
from django.test import Client

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.context import enter, signed
from muster.hq.boundary.key_in_use import key_in_use
from muster.hq.people.models import Account, Post
from muster.hq.people.viewing import viewer_of
from muster.hq.scenario.actions import NewRow, enter_rows
from muster.hq.scenario.models import Row

AT: Final = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
VIEWERS: Final = ("LNO-FRA", "LNO-GBR", "LNO-POL", "OBSERVER-1", "J5-PLANS", "ADMIN")
NATION_OF: Final = {"LNO-FRA": "FRA", "LNO-GBR": "GBR", "LNO-POL": "POL"}

CELLS: Final = {
    "capability": "infantry",
    "size": "company",
    "quantity": "4",
    "in_place_max": "1",
    "people": "120",
    "notice_days": "10",
    "available_from": "C+30",
    "place_allowed": "in country",
    "gates": "vote-fra",
    "status": "pledge",
    "has": "english",
    "said_on": "2026-03-27",
    "source": "notional",
}
LABELS: Final = {
    "FRA-ALONE": Label("FRA", Marking.RESTRICTED, frozenset()),
    "FRA-POLAND": Label("FRA", Marking.RESTRICTED, frozenset({"POL"})),
    "GBR-COALITION": Label("GBR", Marking.OPEN, frozenset({EVERY_NATION})),
    "POL-SENSITIVE": Label("POL", Marking.SENSITIVE, frozenset({"GBR"})),
}
"""Label of each offer by its id."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """Offers by their ids, and the word of each."""

    offers: dict[str, Row]
    words: dict[str, str]


def account_of(post: str) -> Account:
    """The account of a post, past its first password."""
    account = Account.objects.filter(post_id=post).first()
    if account is None:
        account = Account.objects.of_post(Post.objects.get(pk=post), None)
    account.must_change_password = False
    account.save()
    return account


def signed_in(post: str | None) -> Client:
    """A browser in which somebody is signed in; None is nobody."""
    client = Client()
    if post is not None:
        client.force_login(account_of(post))
    return client


def look_as(post: str | None) -> None:
    """See the database with the eyes of a post for the rest of the transaction; None is nobody."""
    context = "" if post is None else signed(viewer_of(account_of(post)), key_in_use(), at=datetime.now(UTC))
    with connection.cursor() as cursor:
        enter(cursor, context)


def seed() -> Seeded:
    """Have each nation enter its offers."""
    words = {name: f"word{secrets.token_hex(8)}" for name in LABELS}
    offers: dict[str, Row] = {}
    for name, label in LABELS.items():
        with transaction.atomic():
            look_as(f"LNO-{label.owner}")
            cells = {**CELLS, "offer_id": name, "nation": label.owner, "name": words[name]}
            new = NewRow("offers", cells, label)
            offers[name] = enter_rows(rows=[new], by=account_of(f"LNO-{label.owner}"), at=AT)[0]
    look_as(None)
    return Seeded(offers, words)


def may_see(post: str | None, name: str) -> bool:
    """Whether a post may see an offer, by the rules of disclosure and not by those of the database."""
    label = LABELS[name]
    if post == "J5-PLANS":
        return True
    nation = NATION_OF.get(post or "")
    return nation is not None and label.is_releasable_to(nation)


def without_token(body: str) -> str:
    """A page without what is drawn anew for each."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
