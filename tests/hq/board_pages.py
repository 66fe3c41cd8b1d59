"""A kept plan for the pages of the board, and the pages served for a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client

from hq.seeded import account_of
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.hq.board import queries
from muster.hq.board.queries import Kept, PlanFiles
from muster.movement.plan import Plan
from muster.movement.problem import Problem

LABEL: Final = Label("MNF", Marking.RESTRICTED, frozenset({EVERY_NATION}))

BOARD: Final = {
    "board": "/board",
    "board-gantt": "/board/gantt?by=unit",
    "board-coverage": "/board/coverage",
    "board-print": "/board/print",
    "board-layer": "/board/units.json",
}
"""Pages of the board; ``test_board_leaks.py`` looks at each as everybody."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A small plan as it is kept."""

    problem: Problem
    plan: Plan
    kept: Kept


def planned(seed: int = 1, *, label: Label = LABEL) -> Planned:
    """Twelve lines of three nations by road and rail."""
    problem = random_problem(seed, line_count=12)
    return keep(problem, hand_plan(problem), label=label, digest=str(seed))


def keep(problem: Problem, plan: Plan, *, label: Label, digest: str, summary: bytes = b"{}") -> Planned:
    """Keep a plan."""
    files = PlanFiles(encode_problem(problem), encode_plan(plan), summary)
    return Planned(problem, plan, Kept("plan-1", problem.title, label, digest, lambda: files))


def show(monkeypatch: pytest.MonkeyPatch, kept: Kept | None) -> None:
    """Have the board find this plan."""
    monkeypatch.setattr("muster.hq.board.views.find_kept", lambda: kept)
    queries.look.cache_clear()


def decoded(answer: bytes) -> dict[str, object]:
    """A layer as it was sent."""
    return msgspec.json.decode(answer, type=dict[str, object])


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the library
        pass


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages in threads of this process; gives their address."""
    application = get_wsgi_application()

    def answer(environ, start_response):  # type: ignore[no-untyped-def]
        body = application(environ, start_response)
        try:
            yield from body
        finally:
            body.close()
            connections.close_all()

    server = make_server("127.0.0.1", 0, answer, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@contextmanager
def session_of(post: str) -> Iterator[str]:
    """A session that was signed in for a post and is in the database; it and the account go afterwards."""
    account = account_of(post)
    client = Client()
    client.force_login(account)
    try:
        yield client.cookies["sessionid"].value
    finally:
        client.session.flush()
        account.delete()
        connection.close()
