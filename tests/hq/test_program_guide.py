"""The program of the guide does what the guide says, against a headquarters."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request

import pytest
from django.db import transaction
from django.test import Client

from hq.seeded import AT, CELLS, account_of, look_as, seed
from muster.disclosure.labels import Label
from muster.hq.access.choices import Scope
from muster.hq.access.keys import make_key
from muster.hq.scenario.actions import NewRow, enter_rows
from muster.hq.scenario.models import Row

pytestmark = pytest.mark.usefixtures("headquarters")
PAGE = Path(__file__).resolve().parents[2] / "docs/guides/work-with-a-headquarters-from-a-program.md"


@pytest.fixture
def key() -> Iterator[str]:
    with transaction.atomic():
        seed()
        look_as("LNO-FRA")
        late = {**CELLS, "nation": "FRA", "offer_id": "FRA-LATE", "available_from": "C+365"}
        label = Label.parse("FRA/restricted/")
        enter_rows(rows=[NewRow("offers", late, label)], by=account_of("LNO-FRA"), at=AT)
        yield make_key(name="guide", scope=Scope.WRITE, days=1, by=account_of("LNO-FRA"), at=datetime.now(UTC)).text
        transaction.set_rollback(True)


def answered(request: Request) -> io.BytesIO:
    """What the headquarters answers, without a network between."""
    address = request.full_url.removeprefix("http://127.0.0.1:8000")
    body = request.data if isinstance(request.data, bytes) else b""
    client = Client(headers={"Authorization": request.headers["Authorization"]})
    answer = client.generic(request.get_method(), address, body, "application/json")
    assert answer.status_code == 200, answer.content
    return io.BytesIO(answer.content)


def test_pledges_are_listed_and_the_late_ones_withdrawn(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(r"^```py\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    monkeypatch.setenv("MUSTER_KEY", key)
    monkeypatch.setattr("urllib.request.urlopen", answered)
    exec(compile(found[1], str(PAGE), "exec"), {})
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "FRA-ALONE infantry C+30",
        "FRA-LATE infantry C+365",
        "FRA-POLAND infantry C+30",
    ]
    look_as("LNO-FRA")
    assert {row.name: row.cells["status"] for row in Row.objects.filter(owner="FRA")} == {
        "FRA-ALONE": "pledge",
        "FRA-POLAND": "pledge",
        "FRA-LATE": "withdrawn",
    }
