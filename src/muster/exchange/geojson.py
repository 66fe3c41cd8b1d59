"""Features as GeoJSON (RFC 7946): longitude before latitude, WGS 84, one collection."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from muster.exchange.features import Feature, Position, Value


def encode(features: Iterable[Feature], members: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Feature collection; the layer, name and times of each feature are among its properties.

    Parameters
    ----------
    members
        What the collection says beside its features, such as the marking of the whole.
    """
    collection = {"type": "FeatureCollection", **members, "features": [_feature(feature) for feature in features]}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _feature(feature: Feature) -> dict[str, Any]:
    own = {"layer": feature.layer, "name": feature.name}
    times = {"starts_at": feature.starts_at, "ends_at": feature.ends_at}
    return {
        "type": "Feature",
        "id": f"{feature.layer}/{feature.feature_id}",
        "geometry": _geometry(feature),
        "properties": {key: _value(value) for key, value in {**own, **feature.properties, **times}.items()},
    }


def _geometry(feature: Feature) -> dict[str, Any]:
    if feature.is_point:
        return {"type": "Point", "coordinates": _coordinates(feature.parts[0][0])}
    lines = [[_coordinates(position) for position in part] for part in feature.parts]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _coordinates(position: Position) -> list[float]:
    latitude, longitude = position
    return [round(longitude, 6), round(latitude, 6)]


def _value(value: Value) -> str | int | float | bool | None:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
