"""Makes machine code once, before tests are shared out among processes that would all make it."""

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make it where it is not there; processes that run tests for another one find it made."""
    from movement.instances import random_problem
    from muster.movement import formulation, search

    if hasattr(session.config, "workerinput"):
        return
    if not search.is_made():
        search.make_machine_code(random_problem(1))
    if not formulation.is_made():
        formulation.make_machine_code()
