"""Makes the machine code of the search once, before tests are shared out among processes that would all make it."""

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make it where it is not there; processes that run tests for another one find it made."""
    from movement.instances import random_problem
    from muster.movement.search import is_made, make_machine_code

    if not hasattr(session.config, "workerinput") and not is_made():
        make_machine_code(random_problem(1))
