"""Makes machine code and catalogues of messages once, before tests are shared out among processes.

The browser is here too: two of them, for different rooms, would not start beside each other in one process.
"""

import pytest

from browser import browser

__all__ = ["browser"]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make it where it is not there; processes that run tests for another one find it made."""
    from movement.clean_plan import clean_plan, clean_problem
    from movement.instances import random_problem
    from muster.forces.matching.making import make_machine_code as make_matching_code
    from muster.movement import formulation, risk, search
    from muster.movement.risk.campaign import Experiment, prepare_campaign
    from muster.movement.risk.campaign import make_machine_code as make_replay_code
    from muster.movement.risk.replayer import Policy
    from muster.reference import load_factors
    from tools.messages import compile_catalogues

    if hasattr(session.config, "workerinput"):
        return
    compile_catalogues()
    make_matching_code()
    if not search.is_made():
        search.make_machine_code(random_problem(1))
    if not formulation.is_made():
        formulation.make_machine_code()
    if not risk.is_made():
        nothing = {Experiment(Policy.RIGHT_SHIFT, frozenset()): 1}
        make_replay_code(prepare_campaign(clean_problem(), clean_plan(), load_factors(), nothing, 1))
