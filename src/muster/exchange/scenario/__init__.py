"""The scenario folder: tables of one operation, read and checked whole."""

from muster.exchange.scenario.faults import Fault, ScenarioRefused, TablesRefused
from muster.exchange.scenario.matching_inputs import matching_problem
from muster.exchange.scenario.scenario import Scenario, UnknownCase, read_scenario
from muster.exchange.scenario.schema import COMMON as COMMON_COLUMNS
from muster.exchange.scenario.schema import CellKind, Column, Known, Table
from muster.exchange.scenario.tables import AREAS_FILE, FILES, SETTINGS_FILE, TABLES

__all__ = [
    "AREAS_FILE",
    "COMMON_COLUMNS",
    "FILES",
    "SETTINGS_FILE",
    "TABLES",
    "CellKind",
    "Column",
    "Fault",
    "Known",
    "Scenario",
    "ScenarioRefused",
    "Table",
    "TablesRefused",
    "UnknownCase",
    "matching_problem",
    "read_scenario",
]
