"""Makes the machine code of the search and of the replays once, before tests are shared out among processes."""

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make it where it is not there; processes that run tests for another one find it made."""
    from movement.clean_plan import clean_plan, clean_problem
    from movement.instances import random_problem
    from muster.movement.risk import is_made as is_replay_made
    from muster.movement.risk.campaign import Experiment, prepare_campaign
    from muster.movement.risk.campaign import make_machine_code as make_replay_code
    from muster.movement.risk.replayer import Policy
    from muster.movement.search import is_made, make_machine_code
    from muster.reference import load_factors

    if hasattr(session.config, "workerinput"):
        return
    if not is_made():
        make_machine_code(random_problem(1))
    if not is_replay_made():
        nothing = {Experiment(Policy.RIGHT_SHIFT, frozenset()): 1}
        make_replay_code(prepare_campaign(clean_problem(), clean_plan(), load_factors(), nothing, 1))
