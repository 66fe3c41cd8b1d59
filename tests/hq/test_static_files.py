"""Files that pages load: kept for good by browsers where their name tells their content, and never otherwise."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client, override_settings

from hq.seeded import signed_in
from muster.hq.static_files import collect

pytestmark = pytest.mark.usefixtures("headquarters")


@pytest.fixture
def collected(headquarters: Path) -> Iterator[Path]:
    """Files as they are where a headquarters is served."""
    folder = headquarters / "static"
    with override_settings(STORAGES=settings.STORAGES):  # which makes the storage anew, here and afterwards
        collect()
        yield folder
        rmtree(folder)
        folder.mkdir()


def load(client: Client, name: str) -> tuple[int, str]:
    """Status, and how long a file may be kept."""
    answer = client.get(name)
    answer.close()
    return answer.status_code, answer.headers["Cache-Control"]


def links(page: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', page)


def test_pages_name_files_plainly_where_nothing_is_collected() -> None:
    client = signed_in(None)
    assert "/static/muster.css" in links(client.get("/sign-in").text)
    assert load(client, "/static/muster.css") == (200, "max-age=0, public")


def test_names_with_a_digest_are_kept_for_good_and_no_others(collected: Path) -> None:
    named = links(signed_in(None).get("/sign-in").text)
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in named] == [
        "/static/muster.css", "/static/muster.svg", "/static/muster.js",
    ]  # fmt: skip
    client = Client()  # made now, because files are looked for when the application begins
    for name in named:
        assert load(client, name) == (200, "max-age=315360000, public, immutable")
    assert load(client, "/static/muster.css") == (200, "max-age=0, public")
    assert "no-store" in client.get("/sign-in").headers["Cache-Control"]


def test_a_file_that_is_not_there_is_an_error_where_files_are_collected(collected: Path) -> None:
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        staticfiles_storage.url("no-such-file.css")
