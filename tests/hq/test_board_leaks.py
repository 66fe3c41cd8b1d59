"""The board as everybody, with a word of each nation in its units that stands nowhere else."""

import gzip
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction

from hq.board_pages import BOARD, Planned, keep
from hq.papers import needs_fonts, texts_of
from hq.seeded import NATION_OF, VIEWERS, look_as, signed_in, without_token
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.hq.board.layers import LAYERS
from muster.hq.plans.models import Plan, PlanFile
from muster.hq.plans.parts import part_names

pytestmark = pytest.mark.usefixtures("headquarters")

NATIONS = ("DEU", "FRA", "GBR")
WHOLE = {*NATIONS}
SHOWN = {"J5-PLANS": WHOLE, "LNO-FRA": {"FRA"}, "LNO-GBR": {"GBR"}}
"""Whose units each viewer sees; who is not named sees no plan, Poland among them, which has no line in it."""
PAGES = [page for name, page in BOARD.items() if name not in {"board-coverage", "board-layer", "board-pdf"}]


@pytest.fixture
def words() -> Iterator[dict[str, str]]:
    """A word of each nation in the names of its units, its ULNs and its loads."""
    drawn = {nation: f"W{secrets.token_hex(6)}" for nation in NATIONS}
    with transaction.atomic():
        spoken(drawn)
        yield drawn
        transaction.set_rollback(True)


def spoken(drawn: dict[str, str], *, sent: bool = True) -> Planned:
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
    return keep(problem, hand_plan(problem), sent=sent)


def nations_in(body: str, words: dict[str, str]) -> set[str]:
    return {nation for nation, word in words.items() if word in body}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_board_holds_the_units_that_one_may_see(words: dict[str, str], viewer: str, page: str) -> None:
    answer = signed_in(viewer).get(page)
    assert nations_in(answer.text, words) == SHOWN.get(viewer, set())
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@needs_fonts
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_pdf_of_the_board_holds_the_units_that_one_may_see(words: dict[str, str], viewer: str) -> None:
    answer = signed_in(viewer).get("/board.pdf?at=9000")
    assert answer.status_code == (200 if viewer in SHOWN else 404)
    shown = "".join("".join(texts_of(answer.content)).split()) if viewer in SHOWN else answer.text
    assert nations_in(shown, words) == SHOWN.get(viewer, set())
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_holds_the_units_that_one_may_see(words: dict[str, str], viewer: str, layer: str) -> None:
    answer = signed_in(viewer).get(f"/board/{layer}.json")
    shown = SHOWN.get(viewer, set())
    assert answer.status_code == (200 if viewer in SHOWN else 404)
    assert nations_in(answer.text, words) == (shown if layer == "units" else set())
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)


@pytest.mark.parametrize("viewer", ["LNO-POL", "OBSERVER-1", "ADMIN"])
def test_who_sees_no_plan_is_answered_as_if_there_were_none(viewer: str) -> None:
    drawn = {nation: f"W{secrets.token_hex(6)}" for nation in NATIONS}
    with transaction.atomic():
        client = signed_in(viewer)
        without = {page: client.get(page) for page in BOARD.values()}
        plan = spoken(drawn).kept
        for page, before in without.items():
            answer = client.get(page)
            assert (answer.status_code, without_token(answer.text)) == (before.status_code, without_token(before.text))
        named = client.get("/board", {"plan": str(plan.pk)})
        missing = client.get("/board", {"plan": str(uuid.uuid4())})
        assert (named.status_code, without_token(named.text)) == (404, without_token(missing.text))
        transaction.set_rollback(True)


@pytest.mark.parametrize("viewer", sorted(NATION_OF))
@pytest.mark.parametrize("page", [*PAGES, BOARD["board-layer"]])
def test_a_plan_is_on_no_board_of_a_nation_before_it_is_sent_for_review(viewer: str, page: str) -> None:
    drawn = {nation: f"W{secrets.token_hex(6)}" for nation in NATIONS}
    with transaction.atomic():
        spoken(drawn, sent=False)
        assert nations_in(signed_in(viewer).get(page).text, drawn) == set()
        transaction.set_rollback(True)


@pytest.mark.parametrize("viewer", sorted(NATION_OF))
def test_a_nation_reads_the_files_of_its_own_part_and_of_no_other(words: dict[str, str], viewer: str) -> None:
    look_as(viewer)
    plan = Plan.objects.first()
    names = set(PlanFile.objects.values_list("name", flat=True))
    own = set(part_names(NATION_OF[viewer])) if NATION_OF[viewer] in NATIONS else set()
    assert (names, plan is not None) == (own, bool(own))
    for file in PlanFile.objects.all():
        body = bytes(file.content)
        text = (gzip.decompress(body) if file.name.endswith(".gz") else body).decode()
        assert nations_in(text, words) == {NATION_OF[viewer]}


@pytest.mark.parametrize("page", BOARD.values())
def test_nobody_sees_the_board_without_signing_in(words: dict[str, str], page: str) -> None:
    answer = signed_in(None).get(page)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("page", [*PAGES, "/board/gantt?by=asset", "/board/gantt?by=nation"])
def test_what_others_do_changes_nothing_on_the_page_of_a_nation(words: dict[str, str], page: str) -> None:
    """The page of Great Britain is one and the same, whatever is planned for France."""
    client = signed_in("LNO-GBR")
    before, first = client.get(page).text, Plan.objects.order_by("-made_at").values_list("pk", flat=True)
    look_as("J5-PLANS")
    old = str(first[0])
    new = str(spoken({**words, "FRA": "Wother", "DEU": "Wanother"}).kept.pk)
    after = client.get(page).text
    assert new in after
    assert without_token(after).replace(new, old) == without_token(before)
