"""A headquarters for the tests: a database of its own for each worker, in a short temporary folder."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import setup_test_environment
from django.utils import translation

from muster.forces import Nation, Part
from muster.hq.database import Cluster, cluster_of, make_roles
from muster.hq.folder import make_secrets
from muster.hq.running import use

FOLDER = Path(tempfile.mkdtemp(prefix="mhq-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# A browser that other tests keep open leaves its event loop in this thread; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
make_secrets(FOLDER)
use(FOLDER)

NATIONS = [Nation(nation=code, name=code.title(), part=Part.CONTRIBUTOR) for code in ("FRA", "GBR", "POL")]


@pytest.fixture(autouse=True)
def in_english() -> None:
    """What an answer before left as the language of this thread is not that of the next test."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def principals_read_once() -> Iterator[None]:
    """A second that begins within a test must not cost it a query more: pages read the principals anew in each."""
    from muster.hq.people import queries

    queries.forget_principals()
    with pytest.MonkeyPatch.context() as patched:  # one of its own: that of a test is undone before its transaction
        patched.setattr(queries, "_PRINCIPALS_LAST_S", 1e9)
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The cluster of the tests, with its roles."""
    made = cluster_of(FOLDER)
    made.create()
    with made.in_use():
        make_roles(made)
        yield made


@pytest.fixture(scope="session")
def headquarters(cluster: Cluster) -> Path:
    """A headquarters with three nations and their posts; tests put rows in, and take all back."""
    from django.db import connections

    from muster.hq import founding
    from muster.hq.people.choices import SecondFactor

    setup_test_environment()
    founding.migrate()
    founding.list_nations(NATIONS)
    founding.list_posts(NATIONS)
    founding.choose_second_factor(SecondFactor.OFFERED)
    connections["owner"].close()
    return FOLDER
