"""Write the tables of a scenario folder: one place that knows their columns, so that builders speak of rows alone."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from muster.reference.platforms import PLATFORM_COLUMNS

Row = Mapping[str, object]
"""A row by column: texts, numbers, truths, lists of texts; None is an empty cell."""

_TRACE: Final = ("cases", "source", "grade", "note")
"""Columns that any table may carry."""
_WHERE_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {"nations": ("armed_forces_k", "gdp_busd", "burden_share")}
"""Columns that a table carries when a row fills them."""
_CAPABILITIES: Final = (
    "rail_gauges_mm", "rail_ramps", "rail_trains_per_day", "berths_roro", "berths_container", "depth_m", "runway_m",
    "runway_surface", "mog_spots", "staging_vehicles", "staging_people", "crossing_vehicles_per_day",
    "crossing_wagons_per_day", "crossing_credits_per_day", "transhipment_wagons_per_day", "mlc_wheeled_max",
    "mlc_tracked_max", "height_max_cm", "opens_min", "closes_min",
)  # fmt: skip
_PLATFORM: Final = tuple(column for column in PLATFORM_COLUMNS if column not in {"source", "grade", "as_of", "note"})
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("case_id", "name", "description", "permit_regime", "horizon_d"),
    "nations": ("nation", "name", "part"),
    "sites": ("site_id", "name", "kind", "place_id", "from", "until"),
    "places": (
        "place_id", "name", "country", "latitude_deg", "longitude_deg", "kinds", "countries", *_CAPABILITIES,
    ),
    "platforms": _PLATFORM,
    "unit_types": ("unit_type_id", "name", "branch", "people", "containers_teu", "pallets", "notional"),
    "holdings": ("unit_type_id", "platform_id", "items", "unit"),
    "factors": ("factor_id", "low", "likely", "high", "unit", "reason"),
    "lines": (
        "uln", "parent_uln", "nation", "name", "unit_type", "priority", "rld", "rdd", "origin", "dest", "staging",
        "poe", "pod", "pax", "join_window_d", "cohesion_window_d",
    ),
    "cargo": ("uln", "platform", "quantity"),
    "lift": (
        "fleet_id", "platform", "count", "packet", "home", "nation", "users", "available_from", "available_until",
        "load_min", "unload_min",
    ),
    "permits": ("permit_id", "country", "regime", "nation", "requested", "lead_h", "state", "authority"),
    "caveats": (
        "caveat_id", "nation", "category", "effect", "country", "place", "mode", "cargo", "task", "starts", "until",
        "approved", "limit_people_per_day", "limit_people",
    ),
    "calendars": ("place", "resource", "starts", "until", "capacity"),
    "links": (
        "link_id", "mode", "from_place", "to_place", "distance_km", "closed", "mlc_max", "height_max_cm", "crossing",
    ),
    "overrides": ("override_id", "kind", "uln", "nation", "place", "mode", "cargo", "asset", "start", "reason"),
    "requirements": (
        "requirement_id", "name", "component", "capability", "size", "quantity", "unit_type", "people", "place",
        "phase", "needed_from", "needed_until", "notice_max_d", "must_have", "tolerates", "task", "criticality",
        "max_nations", "framework",
    ),
    "offers": (
        "offer_id", "nation", "name", "capability", "size", "quantity", "in_place_max", "unit_type", "people",
        "notice_days", "available_from", "available_until", "place_allowed", "gates", "status", "has",
        "tour_max_months", "home", "disputes", "said_on", "label",
    ),
    "gates": ("gate_id", "nation", "kind", "state", "opens", "likelihood"),
    "activations": ("state", "at", "nation"),
    "events": ("event_id", "kind", "place", "line", "asset", "at", "until", "value"),
}  # fmt: skip
"""Columns of each table, without those that any table may carry."""


@dataclass(slots=True)
class ScenarioTables:
    """A scenario while it is made.

    Attributes
    ----------
    toml
        Text of ``scenario.toml``.
    rows
        Rows of each table, by its name.
    """

    toml: str
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *rows: Row) -> None:
        """Add rows to a table.

        Raises
        ------
        ValueError
            When a row names a column that its table does not have.
        """
        allowed = {*COLUMNS[table], *_WHERE_KNOWN.get(table, ()), *_TRACE}
        for row in rows:
            if strange := set(row) - allowed:
                raise ValueError(f"Table {table} has no column {', '.join(sorted(strange))}; correct the builder.")
        self.rows.setdefault(table, []).extend(rows)

    def write(self, folder: Path) -> None:
        """Write the tables that have rows, and remove those that have none any more."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scenario.toml").write_text(self.toml, encoding="utf-8")
        for table, columns in COLUMNS.items():
            path = folder / f"{table}.csv"
            if rows := self.rows.get(table):
                path.write_text(_csv(columns, (*_WHERE_KNOWN.get(table, ()), *_TRACE), rows), encoding="utf-8")
            else:
                path.unlink(missing_ok=True)


def _csv(columns: Sequence[str], where_filled: Sequence[str], rows: Sequence[Row]) -> str:
    """Text of a table: its own columns, and of the others those that some row fills."""
    header = [*columns, *(column for column in where_filled if any(row.get(column) for row in rows))]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(row.get(column)) for column in header] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return ";".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def shares(total: int, parts: int, offset: int = 0) -> list[int]:
    """Cut a number into nearly equal whole parts; an offset decides which of them are the larger ones.

    Examples
    --------
    >>> shares(7, 3)
    [2, 2, 3]
    """
    start = offset % parts
    return [(total * (part + 1) + start) // parts - (total * part + start) // parts for part in range(parts)]
