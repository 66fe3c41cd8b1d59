"""All tables of a scenario, in the order in which people fill them."""

from collections.abc import Mapping
from typing import Final

from muster.exchange.scenario import tables_force, tables_movement, tables_situation
from muster.exchange.scenario.schema import Table

TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        tables_situation.CASES,
        tables_situation.NATIONS,
        tables_movement.LINES,
        tables_movement.CARGO,
        tables_movement.LIFT,
        tables_movement.PERMITS,
        tables_movement.CAVEATS,
        tables_movement.CALENDARS,
        tables_movement.LINKS,
        tables_movement.OVERRIDES,
        tables_situation.FACTORS,
        tables_situation.PLACES,
        tables_situation.PLATFORMS,
        tables_situation.UNIT_TYPES,
        tables_situation.HOLDINGS,
        tables_situation.SITES,
        tables_force.REQUIREMENTS,
        tables_force.OFFERS,
        tables_force.GATES,
        tables_force.ACTIVATIONS,
        tables_force.EVENTS,
    )
}
"""Tables by name."""
SETTINGS_FILE: Final = "scenario.toml"
AREAS_FILE: Final = "areas.geojson"
FILES: Final = (SETTINGS_FILE, *(table.file for table in TABLES.values()), AREAS_FILE)
"""Every file of a scenario folder; others are left alone, but no other table may lie there."""
