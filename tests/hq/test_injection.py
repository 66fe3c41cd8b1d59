"""Text that would be a statement, in every field of every form: it is kept or refused as text, and nothing else."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from hq.seeded import LABELS, Seeded, look_as, may_see, seed, signed_in
from muster.exchange.scenario import CellKind
from muster.hq.scenario.models import Row
from muster.hq.scenario.tables import TABLES

pytestmark = pytest.mark.usefixtures("headquarters")
STATEMENTS = (
    "'; SELECT set_config('hq.ctx', 'a|b|FRA|2|9223372036854775807|9223372036854775807|9999999999|x', true); --",
    "' OR '1'='1",
    "$$; RESET ROLE; SET row_security = off; --",
)


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def seen(viewer: str) -> set[str]:
    page = signed_in(viewer).get("/tables/offers").text
    return {name for name in LABELS if f">{name}</a>" in page}


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_field_of_a_row_runs_a_statement(seeded: Seeded, table: str, statement: str) -> None:
    client = signed_in("LNO-POL" if table in {"offers", "caveats", "gates", "lift", "permits", "lines"} else "J5-PLANS")
    sent = {
        column.name: str(next(iter(column.words))) if column.kind is CellKind.WORD and column.words else statement
        for column in TABLES[table].columns
    }
    answer = client.post(f"/tables/{table}/new", sent)
    assert answer.status_code in {302, 403, 422}
    assert seen("LNO-POL") == {name for name in LABELS if may_see("LNO-POL", name)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('row_security')")
        assert cursor.fetchone() == ("hq_app", "on")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_parameter_of_a_page_runs_a_statement(seeded: Seeded, statement: str) -> None:
    client = signed_in("LNO-POL")
    expected = {name for name in LABELS if may_see("LNO-POL", name)}
    for name in ("text", "owner", "status", "size", "page", "anything"):
        for page in ("/tables/offers", "/tables/offers.csv", "/plans", "/jobs", "/records", "/documents"):
            answer = client.get(page, {name: statement})
            assert answer.status_code == 200
            assert {word for word in LABELS if seeded.words[word] in answer.text} <= expected
    assert seen("LNO-POL") == expected


@pytest.mark.parametrize("statement", STATEMENTS)
def test_an_edit_keeps_a_statement_as_the_text_that_it_is(seeded: Seeded, statement: str) -> None:
    offer = seeded.offers["FRA-ALONE"]
    sent = {**offer.cells, "name": statement, "version": 1}
    assert signed_in("LNO-FRA").post(f"/rows/{offer.id}/edit", sent).status_code == 302
    look_as("LNO-FRA")
    assert Row.objects.get(pk=offer.id).cells["name"] == statement
    assert seen("LNO-POL") == {name for name in LABELS if may_see("LNO-POL", name)}
