"""What the browser is given: the map behind the board, and scripts that are built again only when they must be."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import LineString, Point, Polygon

from tools import build_front, map_layers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def land() -> dict[str, Any]:
    return map_layers.land()


def pairs(flat: list[int]) -> list[tuple[float, float]]:
    return [(x / 100, y / 100) for x, y in zip(flat[::2], flat[1::2], strict=True)]


@pytest.mark.parametrize(
    ("name", "longitude", "latitude", "country"),
    [
        ("Simferopol", 34.10, 44.95, "UKR"),
        ("Sevastopol, inland", 33.65, 44.60, "UKR"),
        ("Kerch, inland", 36.30, 45.30, "UKR"),
        ("Kyiv", 30.52, 50.45, "UKR"),
        ("Kaliningrad", 20.60, 54.65, "RUS"),
        ("Warsaw", 21.01, 52.23, "POL"),
    ],
)
def test_a_town_lies_in_its_country(
    land: dict[str, Any], name: str, longitude: float, latitude: float, country: str
) -> None:
    holders = [
        code
        for code, rings in land["countries"].items()
        if any(Polygon(pairs(ring)).contains(Point(longitude, latitude)) for ring in rings)
    ]
    assert holders == [country]


def test_no_border_is_drawn_between_crimea_and_the_rest_of_ukraine(land: dict[str, Any]) -> None:
    isthmus = LineString([(33.2, 46.6), (34.3, 45.4)])  # from Kherson region into Crimea over Perekop
    crossed = [line for line in land["borders"] if LineString(pairs(line)).intersects(isthmus)]
    assert crossed == []
    strait = LineString([(36.0, 45.3), (37.2, 45.3)])  # from Crimea to Russia over water: two coasts
    assert any(LineString(pairs(line)).intersects(strait) for line in land["coasts"])


def test_no_line_runs_along_the_edge_where_the_map_was_cut(land: dict[str, Any]) -> None:
    for line in [*land["borders"], *land["coasts"]]:
        for one, other in pairwise(pairs(line)):
            assert not (one[0] == other[0] and one[0] in {-26.0, 51.0})
            assert not (one[1] == other[1] and one[1] in {30.0, 73.0})


def test_every_edge_is_in_one_chain() -> None:
    start, end = np.array([0, 1, 2, 1, 5, 6, 7]), np.array([1, 2, 3, 4, 6, 7, 5])
    made = map_layers.chains(start, end)
    edges = [tuple(sorted(edge)) for chain in made for edge in pairwise(chain)]
    assert sorted(edges) == sorted(tuple(sorted(edge)) for edge in zip(start.tolist(), end.tolist(), strict=True))
    assert [0, 1] in made
    assert [1, 2, 3] in made
    assert sorted(len(chain) for chain in made) == [2, 2, 3, 4]  # two ends, the way 1-2-3, and the round


def test_nothing_is_built_where_the_inputs_are_those_of_the_last_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: str) -> None:
        raise build_front.FrontNotBuilt("npm was asked")

    monkeypatch.setattr(build_front, "install", refuse)
    (tmp_path / build_front.STAMP).write_text(build_front.digest_of(build_front.list_inputs()), encoding="ascii")
    assert not build_front.build_front(tmp_path)
    (tmp_path / build_front.STAMP).write_text("something else", encoding="ascii")
    with pytest.raises(build_front.FrontNotBuilt, match="npm was asked"):
        build_front.build_front(tmp_path)


def test_every_script_that_is_shipped_may_be_passed_on() -> None:
    """Licences of what is bundled, as the lock file tells them; those of build tools do not travel."""
    lock = json.loads((ROOT / "front" / "package-lock.json").read_text(encoding="utf-8"))
    shipped = {name: row.get("license") for name, row in lock["packages"].items() if name and not row.get("dev")}
    allowed = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "(MIT OR Apache-2.0)"}
    fonts = "node_modules/dejavu-fonts-ttf"
    assert shipped.pop(fonts) == "SEE LICENSE IN README.md AND LICENSE"  # may be changed and passed on: see NOTICE
    assert {name: licence for name, licence in shipped.items() if licence not in allowed} == {}
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert [name for name in lock["packages"][""]["dependencies"] if name not in notice] == []
