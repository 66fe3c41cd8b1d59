"""The page of a job in a real browser: it looks again by itself, and disturbs nobody who uses it."""

from collections.abc import Iterator
from contextvars import copy_context
from datetime import UTC, datetime

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, Route, expect

from hq.seeded import account_of, look_as, signed_in
from muster.hq.jobs import actions
from muster.hq.jobs.acting import acting_for
from muster.hq.jobs.choices import State
from muster.hq.jobs.claiming import Claimed, claim
from muster.hq.jobs.models import Job

pytestmark = pytest.mark.usefixtures("headquarters")
SITE = "http://localhost"


@pytest.fixture
def running() -> Iterator[Claimed]:
    """A job that runs; all is taken back."""
    with transaction.atomic():
        look_as("J5-PLANS")
        actions.ask(kind="count", title="The plan", parameters={}, by=account_of("J5-PLANS"), at=datetime.now(UTC))
        claimed = claim()
        assert claimed is not None
        with acting_for(claimed) as by:
            actions.begin(claimed=claimed, by=by, at=datetime.now(UTC))
        yield claimed
        transaction.set_rollback(True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose every address is answered by the application, for the planner."""
    client, here = signed_in("J5-PLANS"), copy_context()  # the transaction of the test is known in its context only

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        found = here.run(client.get, path)
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.getvalue())

    context = browser.new_context()
    context.route("**/*", answer)
    yield context.new_page()
    context.close()


def tell(claimed: Claimed, fraction: float, text: str) -> None:
    with acting_for(claimed):
        actions.tell(claimed=claimed, progress=actions.Progress(fraction, text, {"closure": 31.5}))


@pytest.mark.browser
def test_a_page_that_looks_again_keeps_the_focus_and_ends_with_what_was_done(running: Claimed, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{SITE}/jobs/{running.job}")
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    tell(running, 0.25, "first plan")
    expect(page.get_by_text("first plan")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 25)
    expect(page.get_by_text("31.5")).to_be_visible()
    expect(stop).to_be_focused()
    assert page.get_by_role("status").count() == 1
    with acting_for(running) as by:
        actions.end(claimed=running, state=State.DONE, text="", by=by, at=datetime.now(UTC))
    expect(page.get_by_text("job ended")).to_be_visible()
    expect(stop).to_have_count(0)
    assert complaints == []
    assert Job.objects.get(pk=running.job).state == State.DONE
