"""The map of a picture at a time, drawn by the server for paper: what the layers of the viewer hold, no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sqrt
from typing import Any, Final

import msgspec

from muster.hq.board.map_sheet import HEIGHT, WIDTH, Place, Sheet, countries, line_path, sheet_about, ways
from muster.hq.board.symbols import drawings
from muster.hq.board.units import Unit, Whereabouts
from muster.measures import MINUTES_PER_DAY

SYMBOL_SCALE: Final = 0.17
SYMBOL_SPACE: Final = (42.0, 34.0)
"""Units whose symbols would be closer than this, right and down, stand as one symbol with their number."""
ABOVE: Final = 20.0
"""A symbol stands this far above where its unit is."""
NAMES_MOST: Final = 45
FULL: Final = 0.9
"""A place is drawn as full above this share."""
_LETTER, _LINE = 6.2, 12.0
Box = tuple[float, float, float, float]
"""Left, top, right and bottom on the sheet."""
KEY_BOX: Final[Box] = (8, 516, 260, 632)
"""Where the key stands."""


@dataclass(frozen=True, slots=True)
class FlowLine:
    """What is on its way over a leg on the day, as wide as its share."""

    mode: str
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place with how full it is; without a name where another name is in its way."""

    x: float
    y: float
    radius: float
    is_full: bool
    name: str

    @property
    def ring(self) -> float:
        """Radius of the ring about a full place."""
        return self.radius + 3

    @property
    def name_y(self) -> float:
        """The line that its name stands on."""
        return round(self.y + 13, 1)


@dataclass(frozen=True, slots=True)
class UnitMark:
    """One unit with the code of its nation, or several close to each other with their number.

    Attributes
    ----------
    parts
        Of the symbol of the largest of them, in drawing order; empty where the symbols were not built.
    """

    x: float
    y: float
    foot_y: float
    label: str
    parts: Sequence[Mapping[str, Any]]

    @property
    def box(self) -> Box:
        """What the symbol with its label takes."""
        return self.x - 14, self.y - 14, self.x + 36, self.y + 9

    @property
    def frame(self) -> Place:
        """Upper left corner of a plain frame."""
        return round(self.x - 13, 1), round(self.y - 8.5, 1)

    @property
    def label_at(self) -> Place:
        """Where the label begins, right of the frame."""
        return round(self.x + 15, 1), round(self.y + 3, 1)


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A drawn map.

    Attributes
    ----------
    countries
        Code and outline of each.
    ways
        Roads, rails and sea lanes as one path each.
    scale_km, scale_length
        Of the scale bar.
    """

    countries: tuple[tuple[str, str], ...]
    ways: Mapping[str, str]
    flows: tuple[FlowLine, ...]
    places: tuple[PlaceMark, ...]
    units: tuple[UnitMark, ...]
    scale_km: int
    scale_length: float
    symbol_scale: float = SYMBOL_SCALE

    @property
    def scale_x(self) -> float:
        """Left end of the scale bar."""
        return round(WIDTH - 24 - self.scale_length, 1)

    @property
    def scale_middle(self) -> float:
        """Middle of the scale bar."""
        return round(WIDTH - 24 - self.scale_length / 2, 1)


def draw_map(
    layers: Mapping[str, bytes], units: Sequence[Unit], whereabouts: Sequence[Whereabouts], *, at_min: int
) -> MapDrawing:
    """Draw the map of a time.

    Parameters
    ----------
    layers
        As they are sent to the viewer.
    units, whereabouts
        Of the same picture, in the same order, at the same time.
    """
    places, routes = msgspec.json.decode(layers["places"]), msgspec.json.decode(layers["routes"])
    used = [row for row in places["places"] if row["used"]]
    sheet = sheet_about((row["longitude_deg"], row["latitude_deg"]) for row in used)
    spots = _Spots(sheet, places["places"], routes["legs"])
    day = at_min // MINUTES_PER_DAY
    km, length = sheet.scale()
    marks = tuple(_units(spots, units, whereabouts))
    return MapDrawing(
        countries=tuple(countries(sheet)),
        ways=ways(sheet),
        flows=tuple(_flows(spots, routes, day)),
        places=tuple(_places(sheet, places, day, [KEY_BOX, *(unit.box for unit in marks)])),
        units=marks,
        scale_km=km,
        scale_length=length,
    )


class _Spots:
    """Where places and points of legs lie on the sheet."""

    def __init__(self, sheet: Sheet, places: Sequence[Mapping[str, Any]], legs: Sequence[Mapping[str, Any]]) -> None:
        self._sheet, self._legs, self._places = sheet, legs, places
        self._place = {row["place"]: row for row in places}
        ends = [(places[leg["origin"]]["place"], places[leg["destination"]]["place"]) for leg in legs]
        self._leg: dict[tuple[str, str], int] = {}
        for number, pair in enumerate(ends):
            self._leg.setdefault(pair, number)

    def place(self, place: str) -> Place:
        """Of a place."""
        row = self._place[place]
        return self._sheet.at(row["longitude_deg"], row["latitude_deg"])

    def course(self, number: int) -> list[Place]:
        """Of a leg, in degrees."""
        flat = self._legs[number]["points"]
        return [(flat[i] / 1000, flat[i + 1] / 1000) for i in range(0, len(flat) - 1, 2)]

    def line(self, number: int) -> list[Place]:
        """Of a leg, on the sheet."""
        return [self._sheet.at(*point) for point in self.course(number)]

    def where(self, told: Whereabouts) -> Place:
        """Of a unit: at its place, or on its leg by the share of the way that it has behind it."""
        if told.towards is None:
            return self.place(told.place)
        points = self.course(self._leg[told.place, told.towards])
        if len(points) < 2:
            return self.place(told.place)
        lengths = [
            hypot((x - before_x) * cos(radians(y)), y - before_y) for (before_x, before_y), (x, y) in pairwise(points)
        ]
        left = told.share * sum(lengths)
        number = 0
        while number < len(lengths) - 1 and left > lengths[number]:
            left -= lengths[number]
            number += 1
        share = min(1.0, left / lengths[number]) if lengths[number] else 0.0
        (x, y), (next_x, next_y) = points[number], points[number + 1]
        return self._sheet.at(x + share * (next_x - x), y + share * (next_y - y))


def _flows(spots: _Spots, routes: Mapping[str, Any], day: int) -> Iterator[FlowLine]:
    flows = routes["flows"]
    masses: dict[tuple[int, int], float] = {}
    for leg, on_day, mass_t in zip(flows["leg"], flows["day"], flows["mass_t"], strict=True):
        masses[leg, on_day] = masses.get((leg, on_day), 0.0) + mass_t
    most = max(masses.values(), default=0.0) or 1.0
    for leg in sorted({leg for leg, on_day in masses if on_day == day}):
        path = line_path([spots.line(leg)])
        if path:
            yield FlowLine(routes["legs"][leg]["mode"], path, round(1.2 + 6 * sqrt(masses[leg, day] / most), 1))


def _places(sheet: Sheet, layer: Mapping[str, Any], day: int, taken: Sequence[Box]) -> Iterator[PlaceMark]:
    """Places that the plan uses, the weightiest named first, and none where a symbol stands or another name."""
    share_of = {row["place"]: row["share"][day] for row in layer["loads"] if day < len(row["share"])}
    rows = [
        (number, row, share_of.get(number, 0.0))
        for number, row in enumerate(layer["places"])
        if row["used"] or share_of.get(number)
    ]
    boxes, names = list(taken), 0
    for _, row, share in sorted(rows, key=lambda each: (-each[1]["weight"], each[0])):
        x, y = sheet.at(row["longitude_deg"], row["latitude_deg"])
        half = len(row["name"]) * _LETTER / 2
        box = (x - half, y + 4, x + half, y + 4 + _LINE)
        is_free = names < NAMES_MOST and not any(_overlap(box, other) for other in boxes)
        if is_free:
            boxes.append(box)
            names += 1
        yield PlaceMark(x, y, round(2.2 + 4 * min(share, 1.0), 1), share > FULL, row["name"] if is_free else "")


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _units(spots: _Spots, units: Sequence[Unit], whereabouts: Sequence[Whereabouts]) -> Iterator[UnitMark]:
    """The largest units first; whoever comes too close to one of them is counted with it."""
    pairs = sorted(zip(units, whereabouts, strict=True), key=lambda pair: (-pair[0].people, pair[0].uln))
    groups: list[tuple[Place, list[Unit]]] = []
    for unit, told in pairs:
        x, y = spots.where(told)
        near = (
            own for (at_x, at_y), own in groups
            if abs(x - at_x) < SYMBOL_SPACE[0] and abs(y - at_y) < SYMBOL_SPACE[1]
        )  # fmt: skip
        own = next(near, None)
        if own is None:
            groups.append(((x, y), [unit]))
        else:
            own.append(unit)
    for (x, y), own in groups:
        label = own[0].nation if len(own) == 1 else str(len(own))
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            yield UnitMark(x, y - ABOVE, y, label, drawings().get(own[0].symbol, {}).get("parts", ()))
