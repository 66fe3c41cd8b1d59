"""Build the scenario folders from their compact source tables; building again gives identical bytes.

Run it as ``python -m tools.build_scenarios`` from the root of the repository, with names of scenarios or none for all.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools import scenario_abct_2017, scenario_mnf_u, scenario_task_force_eagle
from tools.scenario_tables import ScenarioTables

SCENARIOS: Final = Path(__file__).parents[1] / "scenarios"
BUILDERS: Final[Mapping[str, Callable[[], ScenarioTables]]] = {
    "mnf-u": scenario_mnf_u.build,
    "task-force-eagle": scenario_task_force_eagle.build,
    "abct-2017": scenario_abct_2017.build,
}


def main(names: list[str]) -> None:
    for name in names or list(BUILDERS):
        tables = BUILDERS[name]()
        tables.write(SCENARIOS / name)
        print(f"{name}: {sum(map(len, tables.rows.values()))} rows in {len(tables.rows)} tables")


if __name__ == "__main__":
    main(sys.argv[1:])
