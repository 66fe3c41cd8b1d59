"""Places of the scenario on a map."""

from collections.abc import Iterable, Iterator
from typing import Final

from muster.exchange.features import Feature
from muster.exchange.scenario.cells import CellReader, UnreadableCell
from muster.hq.scenario.models import Row
from muster.hq.scenario.tables import TABLES
from muster.reference import load_places

_POSITION: Final = ("latitude_deg", "longitude_deg")
_TOLD: Final = ("country", "kinds")


def place_features(rows: Iterable[Row], bits: dict[str, int]) -> Iterator[Feature]:
    """Rows of places as points, each with its label; what a row leaves open is taken from the packaged place.

    A row of a place that has no position yet is left out.
    """
    packaged = load_places()
    for row in rows:
        place_id = row.cells.get("place_id", "")
        known = packaged.get(place_id)
        position = tuple(_degrees(row, name) for name in _POSITION)
        if None in position and known is not None:
            position = (known.latitude_deg, known.longitude_deg)
        latitude, longitude = position
        if latitude is None or longitude is None:
            continue
        kept = {"country": known.country, "kinds": ";".join(sorted(known.kinds))} if known else {}
        told = {**kept, **{name: row.cells[name] for name in _TOLD if name in row.cells}}
        yield Feature(
            layer="places",
            feature_id=place_id,
            name=row.cells.get("name") or (known.name if known else place_id),
            parts=(((latitude, longitude),),),
            properties={**told, "label": str(row.label(bits))},
        )


def _degrees(row: Row, column: str) -> float | None:
    """A coordinate of a row; None where it says none that can be read."""
    try:
        value = CellReader(TABLES["places"].column_of[column]).read(row.cells[column])
    except (KeyError, UnreadableCell):
        return None
    return float(value)
