"""Warnings of the board: what is late, full or closed, and where each can be acted upon."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from hq.board_pages import Planned, keep
from hq.seeded import NATION_OF, account_of, look_as, signed_in
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.disclosure.labels import Label, Marking
from muster.hq.board.pictures import picture
from muster.hq.board.showing import chain_rows, days_in_words
from muster.hq.scenario.actions import NewRow, enter_rows

pytestmark = pytest.mark.usefixtures("headquarters")
GATES = {"FRA": "assemblee", "GBR": "commons", "POL": "sejm"}
BEFORE, AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def plan() -> Iterator[Planned]:
    """Twelve lines of which one stays at home and the others come too late."""
    with transaction.atomic():
        problem = random_problem(3, line_count=12)
        stays = next(line for line in problem.lines if line.nation == "FRA")
        late = tuple(line if line is stays else replace(line, required_min=0) for line in problem.lines)
        problem = replace(problem, lines=late)
        yield keep(problem, hand_plan(problem, unmoved=[stays.uln]))
        transaction.set_rollback(True)


def gate(nation: str, *, at: datetime, to: frozenset[str] = frozenset(), state: str = "closed") -> None:
    cells = {"gate_id": GATES[nation], "nation": nation, "kind": "parliament", "state": state, "opens": "G+3",
             "source": "notional"}  # fmt: skip
    look_as(f"LNO-{nation}")
    new = NewRow("gates", cells, Label(nation, Marking.RESTRICTED, to))
    enter_rows(rows=[new], by=account_of(f"LNO-{nation}"), at=at)
    look_as(None)


def warnings(viewer: str) -> list[tuple[str, str, list[str]]]:
    """Word, subject and links of each warning."""
    body = signed_in(viewer).get("/board").text.partition('id="warnings-head"')[2].partition("</section>")[0]
    return [
        (
            re.findall(r'class="flag [^"]+">([^<]+)<', row)[0],
            re.findall(r"<small>([^<]*)</small>", row)[0],
            [href.replace("&amp;", "&") for href in re.findall(r'<a href="([^"]+)"', row)],
        )
        for row in body.split("<tr>")[2:]
    ]


def line_of(links: list[str]) -> str:
    """The line to which the first link leads."""
    (line,) = parse_qs(urlsplit(links[0]).query)["text"]
    return line


def without_inputs(body: str) -> str:
    """A page without what was asked for."""
    return re.sub(r"<input[^>]+>", "", body)


def test_every_warning_leads_to_pages_that_hold_what_it_is_about(plan: Planned) -> None:
    gate("FRA", at=AFTER)
    parents = {line.uln: line.parent_uln for line in plan.problem.lines}
    for viewer in ("J5-PLANS", "LNO-FRA"):
        told = warnings(viewer)
        assert {"stays", "late", "gate closed", "changed since", "no symbol"} <= {word for word, _, _ in told}
        for word, subject, links in told:
            assert links, word
            for link in links:
                answer = signed_in(viewer).get(link)
                assert answer.status_code == (403 if link == reverse("plan-make") and viewer != "J5-PLANS" else 200)
            if word in {"late", "stays"}:
                line = line_of(links)
                assert subject in {line, parents[line]}
                assert line in without_inputs(signed_in(viewer).get(links[0]).text)
            elif word == "gate closed":
                assert subject in without_inputs(signed_in(viewer).get(links[0]).text)


def test_a_nation_is_warned_of_its_own_lines_gates_and_changes(plan: Planned) -> None:
    gate("FRA", at=BEFORE)
    gate("GBR", at=AFTER)
    gate("POL", at=AFTER, to=frozenset({"FRA"}))
    seen = {viewer: warnings(viewer) for viewer in ("J5-PLANS", "LNO-FRA", "LNO-GBR")}
    gates = {viewer: {subject for word, subject, _ in told if word == "gate closed"} for viewer, told in seen.items()}
    assert gates == {"J5-PLANS": set(GATES.values()), "LNO-FRA": {"assemblee", "sejm"}, "LNO-GBR": {"commons"}}
    stale = {viewer for viewer, told in seen.items() if any(word == "changed since" for word, _, _ in told)}
    assert stale == {"J5-PLANS", "LNO-GBR"}
    assert "2 rows of the scenario changed after it was made" in signed_in("J5-PLANS").get("/board").text
    assert "1 row of the scenario changed after it was made" in signed_in("LNO-GBR").get("/board").text
    nations = {line.uln: line.nation for line in plan.problem.lines}
    for viewer, told in seen.items():
        own = {nations[line_of(links)] for word, _, links in told if word in {"late", "stays"}}
        assert own <= ({NATION_OF[viewer]} if viewer in NATION_OF else {"DEU", "FRA", "GBR"})


def test_open_gates_and_rows_from_before_are_no_warning(plan: Planned) -> None:
    gate("FRA", at=BEFORE, state="open")
    assert not {word for word, _, _ in warnings("J5-PLANS")} & {"gate closed", "changed since"}


def test_the_headquarters_is_told_what_decides_the_closure_and_a_nation_is_not(plan: Planned) -> None:
    whole = chain_rows(picture(plan.problem, plan.plan, {}, nation=None))
    assert whole[-1].end == picture(plan.problem, plan.plan, {}, nation=None).report.timeline.label(
        max(move.steps[-1].end_min for move in plan.plan.moves if move.steps)
    )
    assert [before.end for before in whole[:-1]] == [after.start for after in whole[1:]]
    body = signed_in("J5-PLANS").get("/board").text
    assert all(row.load in body for row in whole)
    assert chain_rows(picture(plan.problem, plan.plan, {}, nation="FRA")) == []
    assert "What decides the closure" not in signed_in("LNO-FRA").get("/board").text


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([], ""),
        ([0.9, None, 0.2], ""),
        ([0.91, 1.0, 0.4, 1.2], "C+0–1, C+3"),
        ([1.0, 0.0] * 8, "C+0, C+2, C+4, C+6, C+8, C+10 …"),
    ],
)
def test_full_days_are_told_in_stretches(shares: list[float | None], words: str) -> None:
    assert days_in_words(shares) == words
