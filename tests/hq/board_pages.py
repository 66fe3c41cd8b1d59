"""A kept plan for the pages of the board, and the pages served for a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from typing import Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections

from hq.seeded import account_of, look_as, signed_in
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.hq.plans.actions import keep_plan, send_for_review
from muster.hq.plans.deployments import read_deployment
from muster.hq.plans.models import Plan as KeptPlan
from muster.movement.plan import Plan
from muster.movement.problem import Problem

SUMMARY: Final = b'{"findings": 0}'

BOARD: Final = {
    "board": "/board",
    "board-gantt": "/board/gantt?by=unit",
    "board-coverage": "/board/coverage",
    "board-print": "/board/print",
    "board-pdf": "/board.pdf",
    "board-layer": "/board/units.json",
}
"""Pages of the board; ``test_board_leaks.py`` looks at each as everybody."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A small plan, and how it is kept."""

    problem: Problem
    plan: Plan
    kept: KeptPlan


def planned(seed: int = 1, *, sent: bool = True) -> Planned:
    """Twelve lines of three nations by road and rail, kept and sent to the nations for review."""
    problem = random_problem(seed, line_count=12)
    return keep(problem, hand_plan(problem), sent=sent)


def keep(problem: Problem, plan: Plan, *, sent: bool = True, title: str = "A small move") -> Planned:
    """Keep a plan as the planner of the headquarters does, and send it for review."""
    files = {"problem.json.gz": encode_problem(problem), "plan.json": encode_plan(plan), "summary.json": SUMMARY}
    look_as("J5-PLANS")
    by, at = account_of("J5-PLANS"), datetime.now(UTC)
    kept = keep_plan(
        title=title, made=read_deployment(files), inputs="0" * 64, asked={}, of_version=None, by=by, at=at
    )  # fmt: skip
    if sent:
        kept = send_for_review(plan=kept.pk, version=kept.version, by=by, at=at)
    look_as(None)
    return Planned(problem, plan, kept)


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
    """Serve the pages for a browser, one after the other, in the transaction of the test; gives their address."""
    application, shared, turn = get_wsgi_application(), connections["default"], threading.Lock()

    def answer(environ, start_response):  # type: ignore[no-untyped-def]
        with turn:
            connections["default"] = shared
            body = application(environ, start_response)
            try:
                return [b"".join(body)]
            finally:
                body.close()

    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):  # they would close a connection that is in a transaction
        signal.disconnect(close_old_connections)
    server = make_server("127.0.0.1", 0, answer, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
        shared.dec_thread_sharing()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def session_of(post: str) -> str:
    """A session that was signed in for a post."""
    return signed_in(post).cookies["sessionid"].value
