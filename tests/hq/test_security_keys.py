"""A security key in a real browser, whose authenticator is made of software: added, asked for, and told apart."""

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page

from hq.seeded import account_of
from muster.hq.people.models import Factor, OpenSession

pytestmark = [pytest.mark.usefixtures("headquarters"), pytest.mark.browser]
POST, PASSWORD = "LNO-GBR", "a long enough password of four words"


class Quiet(WSGIRequestHandler):
    """Says nothing of what it answers."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(headquarters: object) -> Iterator[str]:
    """Pages under the name that browsers trust without TLS; the account is as before afterwards."""
    account = account_of(POST)
    account.set_password(PASSWORD)
    account.save()
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet) as server:

        def serve() -> None:
            try:
                server.serve_forever()
            finally:
                connections.close_all()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            for model in (Factor, OpenSession):
                model.objects.filter(account=account).delete()
            account.recovery_codes.all().delete()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser with a key of software plugged in."""
    context = browser.new_context()
    page = context.new_page()
    tool = context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False}
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Post").fill(POST)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_key_is_added_and_asked_for_at_the_next_sign_in(address: str, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, address)
    page.get_by_role("link", name="Second factors").click()
    page.get_by_role("link", name="Add a security key").click()
    page.get_by_label("Name").fill("key in the safe")
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="I have written them down").click()
    assert page.get_by_role("row").filter(has_text="key in the safe").count() == 1

    page.get_by_role("button", name="Sign out").click()
    sign_in(page, address)
    page.get_by_role("heading", name="Second factor").wait_for()
    page.get_by_role("button", name="Use a security key").click()
    page.get_by_role("heading", name="Offers").wait_for()
    assert complaints == []
    assert Factor.objects.get(account__post=POST).counter > 0

    page.goto(f"{address}/factors/key")
    page.get_by_label("Name").fill("the same again")
    page.get_by_role("button", name="Add the key").click()
    page.get_by_text("The browser or the key refused").wait_for()
