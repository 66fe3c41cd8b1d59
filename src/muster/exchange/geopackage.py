"""Features as an OGC GeoPackage 1.3: a table for each layer, in WGS 84, with times that a map program can play.

A GeoPackage is an SQLite file with agreed tables, so nothing but the standard library is needed.
"""

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from muster.exchange.features import Feature, Position, Value

APPLICATION_ID: Final = 0x47504B47
"""The letters GPKG."""
VERSION: Final = 10300
WGS84_SRS: Final = 4326
_WGS84_WKT: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
_REFERENCE_SYSTEMS: Final = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    ("WGS 84", WGS84_SRS, "EPSG", WGS84_SRS, _WGS84_WKT, "longitude and latitude in degrees"),
)


def encode(features: Iterable[Feature], *, at: datetime) -> bytes:
    """GeoPackage of features.

    Parameters
    ----------
    at
        Aware instant that the file gives as its last change.
    """
    layers: dict[str, list[Feature]] = {}
    for feature in features:
        layers.setdefault(feature.layer, []).append(feature)
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};")
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _REFERENCE_SYSTEMS)
        for layer, members in layers.items():
            _add_layer(connection, layer, members, at)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _add_layer(connection: sqlite3.Connection, layer: str, members: Sequence[Feature], at: datetime) -> None:
    """One feature table with its entries in the registers."""
    names = list(dict.fromkeys(name for feature in members for name in feature.properties))
    types = {name: _type([feature.properties.get(name) for feature in members]) for name in names}
    geometry = "POINT" if all(feature.is_point for feature in members) else "MULTILINESTRING"
    columns = "".join(f', "{name}" {types[name]}' for name in names)
    connection.execute(
        f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry}, id TEXT, name TEXT'
        f"{columns}, starts_at DATETIME, ends_at DATETIME)"
    )
    box = _box([position for feature in members for part in feature.parts for position in part])
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, ?)",
        (layer, layer, _datetime(at), *box, WGS84_SRS),
    )
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (layer, geometry, WGS84_SRS))
    marks = ", ".join("?" * (len(names) + 5))
    connection.executemany(
        f'INSERT INTO "{layer}" (geom, id, name{"".join(f", {_quoted(name)}" for name in names)}, starts_at, ends_at)'  # noqa: S608
        f" VALUES ({marks})",
        (
            (
                _blob(feature),
                feature.feature_id,
                feature.name,
                *(_value(feature.properties.get(name)) for name in names),
                _value(feature.starts_at),
                _value(feature.ends_at),
            )
            for feature in members
        ),
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _type(values: Iterable[Value]) -> str:
    """Column type that holds every value."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return "BOOLEAN" if kinds else "TEXT"
    if kinds <= {int}:
        return "INTEGER"
    return "DOUBLE" if kinds <= {int, float} else "TEXT"


def _value(value: Value) -> str | int | float | None:
    return _datetime(value) if isinstance(value, datetime) else value


def _datetime(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _box(positions: Sequence[Position]) -> tuple[float, float, float, float]:
    """Least and greatest longitude and latitude: min x, min y, max x, max y."""
    latitudes, longitudes = [latitude for latitude, _ in positions], [longitude for _, longitude in positions]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _blob(feature: Feature) -> bytes:
    """Geometry as GeoPackage binary: header, envelope of lines, well-known binary, all little-endian."""
    if feature.is_point:
        latitude, longitude = feature.parts[0][0]
        return struct.pack("<2sBBi", b"GP", 0, 0b00000001, WGS84_SRS) + struct.pack("<BIdd", 1, 1, longitude, latitude)
    min_x, min_y, max_x, max_y = _box([position for part in feature.parts for position in part])
    header = struct.pack("<2sBBi4d", b"GP", 0, 0b00000011, WGS84_SRS, min_x, max_x, min_y, max_y)
    lines = [
        struct.pack("<BII", 1, 2, len(part)) + b"".join(struct.pack("<dd", east, north) for north, east in part)
        for part in feature.parts
    ]
    return header + struct.pack("<BII", 1, 5, len(lines)) + b"".join(lines)
