"""From a case of a scenario folder to a movement problem on the packaged network."""

from pathlib import Path

from muster.cli.folders import read_scenario_folder
from muster.cli.telling import refuse, say
from muster.exchange.scenario import UnknownCase
from muster.movement.inputs import MovementInputs
from muster.movement.problem import Problem


def read_case(folder: Path, case: str | None) -> MovementInputs:
    """What a case of a scenario says about a movement; None is the scenario's own case."""
    try:
        return read_scenario_folder(folder).movement_inputs(case)
    except UnknownCase as error:
        refuse(str(error))


def prepare(inputs: MovementInputs) -> Problem:
    """The problem of a case."""
    say("preparing the problem: network, loads, itineraries")
    from muster.movement.preparation.prepare import prepare_problem
    from muster.network import load_transport_network

    return prepare_problem(inputs, load_transport_network())
