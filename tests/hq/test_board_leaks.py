"""The board as everybody, with a word of each nation in its units that stands nowhere else."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction

from hq.board_pages import BOARD, LABEL, Planned, keep, show
from hq.seeded import NATION_OF, VIEWERS, signed_in, without_token
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.hq.board.layers import LAYERS

pytestmark = pytest.mark.usefixtures("headquarters")

NATIONS = ("DEU", "FRA", "GBR")
WHOLE = {*NATIONS}
SHOWN = {viewer: {NATION_OF[viewer]} & WHOLE for viewer in NATION_OF} | {"J5-PLANS": WHOLE}
"""Whose units each viewer sees; who is not named sees none."""
PAGES = [page for name, page in BOARD.items() if name not in {"board-coverage", "board-layer"}]


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A word of each nation in the names of its units, its ULNs and its loads."""
    drawn = {nation: f"W{secrets.token_hex(6)}" for nation in NATIONS}
    show(monkeypatch, spoken(drawn).kept)
    with transaction.atomic():
        yield drawn
        transaction.set_rollback(True)


def spoken(drawn: dict[str, str]) -> Planned:
    problem = random_problem(3, line_count=12)
    nation_of = {line.uln: line.nation for line in problem.lines}

    def called(uln: str) -> str:
        return f"{uln}{drawn[nation_of[uln]]}"

    problem = replace(
        problem,
        lines=tuple(
            replace(line, uln=called(line.uln), name=f"Company {drawn[line.nation]}", parent_uln=None,
                    loads=tuple(f"{load}{drawn[line.nation]}" for load in line.loads),
                    after=tuple(called(uln) for uln in line.after))
            for line in problem.lines
        ),
        loads=tuple(
            replace(load, uln=called(load.uln), load_id=f"{load.load_id}{drawn[nation_of[load.uln]]}")
            for load in problem.loads
        ),
    )  # fmt: skip
    return keep(problem, hand_plan(problem), label=LABEL, digest=secrets.token_hex(8))


def nations_in(body: str, words: dict[str, str]) -> set[str]:
    return {nation for nation, word in words.items() if word in body}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_board_holds_the_units_that_one_may_see(words: dict[str, str], viewer: str, page: str) -> None:
    answer = signed_in(viewer).get(page)
    assert nations_in(answer.text, words) == SHOWN.get(viewer, set())
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_holds_the_units_that_one_may_see(words: dict[str, str], viewer: str, layer: str) -> None:
    answer = signed_in(viewer).get(f"/board/{layer}.json")
    shown = SHOWN.get(viewer, set())
    assert answer.status_code == (200 if viewer in SHOWN else 404)
    assert nations_in(answer.text, words) == (shown if layer == "units" else set())
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)


@pytest.mark.parametrize("viewer", ["OBSERVER-1", "ADMIN"])
def test_who_sees_no_plan_is_answered_as_if_there_were_none(
    words: dict[str, str], viewer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(viewer)
    with_plan = {page: client.get(page) for page in BOARD.values()}
    missing = client.get("/board/no-such-layer.json")
    show(monkeypatch, None)
    for page, answer in with_plan.items():
        without = client.get(page)
        assert (answer.status_code, without_token(answer.text)) == (without.status_code, without_token(without.text))
    assert without_token(with_plan[BOARD["board-layer"]].text) == without_token(missing.text)


@pytest.mark.parametrize("page", BOARD.values())
def test_nobody_sees_the_board_without_signing_in(words: dict[str, str], page: str) -> None:
    answer = signed_in(None).get(page)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("page", [*PAGES, "/board/gantt?by=asset", "/board/gantt?by=nation"])
def test_what_others_do_changes_nothing_on_the_page_of_a_nation(
    words: dict[str, str], page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of Great Britain is one and the same, whatever is planned for France."""
    client = signed_in("LNO-GBR")
    before = client.get(page).text
    show(monkeypatch, spoken({**words, "FRA": "Wother", "DEU": "Wanother"}).kept)
    assert without_token(client.get(page).text) == without_token(before)
