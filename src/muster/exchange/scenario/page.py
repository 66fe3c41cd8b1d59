"""The generated parts of the reference pages, as Markdown: tables of a scenario, factors, packaged ids."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from muster.exchange.scenario.cells import words_of
from muster.exchange.scenario.matching_inputs import MATCHING_FACTORS
from muster.exchange.scenario.schema import COMMON, MOST, CellKind, Column, Table
from muster.exchange.scenario.tables import TABLES
from muster.reference import Factor, Place, load_factors, load_places, load_platforms, load_unit_types

LIFT_LIMITS: Final = (
    "item_mass_max_kg", "item_height_max_cm", "item_mlc_max", "load_min", "unload_min", "wagons", "runway_min_m",
    "range_km", "daily_limit_min", "mog_share",
)  # fmt: skip
"""Columns of a lift platform that its second table shows."""
_NAMING: Final = {"place_id", "name", "country", "countries", "latitude_deg", "longitude_deg", "kinds"}
PLACE_VALUES: Final = tuple(column.name for column in TABLES["places"].columns if column.name not in _NAMING)
"""Columns of a place that say what it can do."""
LIFT_REMARK: Final = (
    "What else is known of them, in the columns of `platforms.csv`; where a cell is empty nothing limits, or a factor "
    "stands in."
)
PLACES_REMARK: Final = (
    "The last column holds what is known of a place, under the names of `places.csv`. What it does not name is not "
    "known: a factor stands in, or the place has none, as the scenario page says. **A port without `berths_roro` or "
    "`berths_container` takes no ship of that kind**: give it berths in your own `places.csv`."
)


def tables_section() -> str:
    """Every table with its columns."""
    parts = [_table(table) for table in TABLES.values()]
    common = [
        "### Columns of every table\n",
        "Every table may carry these beside its own (`cases` has no column `cases`).\n",
        *_column_rows(COMMON, ()),
    ]
    return "\n\n".join([*parts, "\n".join(common)]) + "\n"


def factors_section(used: Collection[str]) -> str:
    """Packaged factors: first those that a movement plan uses, then those of a matching, then the others.

    Parameters
    ----------
    used
        Ids of the factors that the movement room asks for.
    """
    factors = sorted(load_factors().values(), key=lambda factor: factor.factor_id)
    named = {*used, *MATCHING_FACTORS}
    groups = (
        ("### Factors that a movement plan uses\n", [factor for factor in factors if factor.factor_id in used]),
        (
            "### Factors that a matching of offers to requirements uses\n",
            [factor for factor in factors if factor.factor_id in MATCHING_FACTORS],
        ),
        ("### Other packaged factors\n", [factor for factor in factors if factor.factor_id not in named]),
    )
    header = ["| factor | what it is | default | low | high | unit | grade |", "|---|---|---|---|---|---|---|"]
    return "\n\n".join("\n".join([title, *header, *map(_factor_row, group)]) for title, group in groups) + "\n"


def packaged_section() -> str:
    """Ids of packaged platforms, unit types and places."""
    cargo = [platform for platform in load_platforms().values() if not platform.kind.is_lift]
    lift = [platform for platform in load_platforms().values() if platform.kind.is_lift]
    parts = [
        "## Cargo platforms\n",
        *_rows(
            ("platform", "name", "kind", "mass_kg", "lane_cm", "height_cm", "mlc"),
            ((row.platform_id, row.name, row.kind, row.mass_kg, row.lane_cm, row.height_cm, row.mlc) for row in cargo),
        ),
        "\n## Lift platforms\n",
        *_rows(
            ("platform", "name", "kind", "people", "lane_cm", "mass_kg", "TEU", "pallets", "speed_kmh", "gauge_mm"),
            (
                (
                    row.platform_id, row.name, row.kind, row.capacity_people, row.capacity_lane_cm,
                    row.capacity_mass_kg, row.capacity_teu, row.capacity_pallets, row.speed_kmh, row.gauge_mm,
                )
                for row in lift
            ),
        ),
        f"\n{LIFT_REMARK}\n",
        *_rows(
            ("platform", *LIFT_LIMITS),
            ((row.platform_id, *(getattr(row, name) for name in LIFT_LIMITS)) for row in lift),
        ),
        "\n## Unit types\n",
        *_rows(
            ("unit type", "name", "people", "containers_teu", "pallets", "holdings"),
            (
                (
                    unit.unit_type_id, unit.name, unit.people, unit.containers_teu, unit.pallets,
                    ", ".join(f"{count} {name}" for name, count in unit.holdings.items()),
                )
                for unit in load_unit_types().values()
            ),
        ),
        "\n## Places\n",
        f"{PLACES_REMARK}\n",
        *_rows(
            ("place", "name", "country", "kinds", "latitude_deg", "longitude_deg", "known values"),
            (
                (
                    place.place_id, place.name, "-".join(place.countries), " ".join(sorted(place.kinds)),
                    f"{place.latitude_deg:.3f}", f"{place.longitude_deg:.3f}", _known(place),
                )
                for place in sorted(load_places().values(), key=lambda place: (place.country, place.place_id))
            ),
        ),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _known(place: Place) -> str:
    """Values of a place that its table gives."""
    values = ((name, getattr(place, name)) for name in PLACE_VALUES if name in Place.__slots__)
    return ", ".join(f"{name} {_listed(value)}" for name, value in values if value is not None)


def _listed(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, tuple) else _cell(value)


def _table(table: Table) -> str:
    key = f" Key: {' and '.join(f'`{name}`' for name in table.key)}." if table.key else " No key: rows may repeat."
    needed = " **Required.**" if table.required else " Optional."
    lines = [f"### `{table.file}`\n", f"{table.meaning}{needed}{key}\n", *_column_rows(table.columns, table.key)]
    return "\n".join(lines)


def _column_rows(columns: Iterable[Column], key: Sequence[str]) -> Iterator[str]:
    yield "| column | type | required | meaning | when empty |"
    yield "|---|---|---|---|---|"
    for column in columns:
        name = f"**`{column.name}`**" if column.name in key else f"`{column.name}`"
        required = "yes" if column.required else ""
        yield f"| {name} | {_type(column)} | {required} | {_escaped(column.meaning)} | {_empty(column)} |"


def _type(column: Column) -> str:
    """Type, unit, range, words and reference of a column."""
    parts = [str(column.kind)]
    if column.words:
        parts = ["one of " + ", ".join(f"`{word}`" for word in words_of(column))]
    if column.is_list:
        parts = ["list of " + parts[0].removeprefix("one of ")]
    if column.kind in {CellKind.WHOLE, CellKind.NUMBER}:
        top = "" if column.high >= MOST else f" to {column.high:.10g}"
        parts.append(f"{column.low:.10g}{top or ' or more'}" if column.low > -MOST else "any")
    if column.unit:
        parts.append(column.unit)
    if column.refers_to:
        parts.append(f"of `{column.refers_to}`")
    return _escaped("; ".join(parts))


def _empty(column: Column) -> str:
    if column.required:
        return "a fault"
    if column.default:
        return f"`{column.default}`"
    return _escaped(column.empty) or ("" if column.default == "" else "unknown")


def _factor_row(factor: Factor) -> str:
    numbers = (factor.planned, factor.low, factor.high)
    cells = (f"`{factor.factor_id}`", _escaped(factor.name), *map(_cell, numbers), factor.unit, factor.provenance.grade)
    return f"| {' | '.join(cells)} |"


def _rows(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|" + "---|" * len(header)
    for first, *rest in rows:
        yield f"| `{first}` | {' | '.join(map(_cell, rest))} |"


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else _escaped(str(value))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
