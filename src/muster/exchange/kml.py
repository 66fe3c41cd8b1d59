"""Features as KML 2.2: a folder for each layer, with times where the plan has dates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from muster.exchange.features import Feature, Position

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_COLOURS: Final[Mapping[str, str]] = {
    "road": "ff3c8ce6",
    "rail": "ff50503c",
    "sea": "ffb4783c",
    "air": "ff9646a0",
    "": "ff3a4d1f",
}
"""Line colours by mode, alpha-blue-green-red as KML has them."""


def encode(features: Iterable[Feature], *, title: str) -> bytes:
    """KML document of features."""
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    ET.SubElement(document, "name").text = title
    for mode, colour in _COLOURS.items():
        style = ET.SubElement(document, "Style", id=f"way-{mode or 'other'}")
        line = ET.SubElement(style, "LineStyle")
        ET.SubElement(line, "color").text = colour
        ET.SubElement(line, "width").text = "3"
    folders: dict[str, ET.Element] = {}
    for feature in features:
        if feature.layer not in folders:
            folders[feature.layer] = ET.SubElement(document, "Folder")
            ET.SubElement(folders[feature.layer], "name").text = feature.layer
        _add_placemark(folders[feature.layer], feature)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_placemark(folder: ET.Element, feature: Feature) -> None:
    placemark = ET.SubElement(folder, "Placemark")
    ET.SubElement(placemark, "name").text = feature.name
    if feature.starts_at is not None and feature.ends_at is not None:
        span = ET.SubElement(placemark, "TimeSpan")
        ET.SubElement(span, "begin").text = feature.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        ET.SubElement(span, "end").text = feature.ends_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if not feature.is_point:
        mode = str(feature.properties.get("mode") or "other")
        ET.SubElement(placemark, "styleUrl").text = f"#way-{mode}"
    data = ET.SubElement(placemark, "ExtendedData")
    for key, value in {"id": feature.feature_id, **feature.properties}.items():
        if value is not None:
            ET.SubElement(ET.SubElement(data, "Data", name=key), "value").text = str(value)
    _add_geometry(placemark, feature.parts)


def _add_geometry(placemark: ET.Element, parts: Sequence[Sequence[Position]]) -> None:
    within = placemark if len(parts) == 1 else ET.SubElement(placemark, "MultiGeometry")
    for part in parts:
        shape = ET.SubElement(within, "Point" if len(part) == 1 else "LineString")
        if len(part) > 1:
            ET.SubElement(shape, "tessellate").text = "1"
        ET.SubElement(shape, "coordinates").text = " ".join(
            f"{longitude:.6f},{latitude:.6f}" for latitude, longitude in part
        )
