"""The packaged transport network and map hold what the real ones hold."""

import csv
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import Point, Polygon

from muster.reference.network_tables import (
    GAUGES_MM,
    LINK_KINDS,
    ModeTable,
    gauge_mask,
    load_basemap,
    load_transport_network,
)

DATA = Path(__file__).resolve().parents[2] / "src" / "muster" / "reference" / "data"


def nodes_in(table: ModeTable, south: float, north: float, west: float, east: float) -> set[str]:
    inside = (table.latitudes_deg > south) & (table.latitudes_deg < north)
    inside &= (table.longitudes_deg > west) & (table.longitudes_deg < east)
    return set(table.countries[inside].tolist())


def test_every_mode_has_a_network_of_its_own() -> None:
    tables = load_transport_network()
    assert len(tables.road.start) > 150_000
    assert len(tables.rail.start) > 70_000
    assert len(tables.sea.start) > 10_000
    assert not tables.road.gauges.any()
    assert set(tables.sea.countries.tolist()) == {""}


def test_crimea_is_ukrainian_on_roads_rails_and_map() -> None:
    tables = load_transport_network()
    assert nodes_in(tables.road, 44.9, 45.0, 34.0, 34.2) == {"UKR"}
    assert nodes_in(tables.rail, 44.9, 45.0, 34.0, 34.2) == {"UKR"}
    simferopol = Point(34.10, 44.95)
    holders = [
        code
        for code, rings in load_basemap()["countries"].items()
        if any(
            Polygon([(x / 100, y / 100) for x, y in zip(ring[::2], ring[1::2], strict=True)]).contains(simferopol)
            for ring in rings
        )
    ]
    assert holders == ["UKR"]


def test_packaged_files_are_small() -> None:
    sizes = {
        name: len((DATA / name).read_bytes()) for name in ("network_road.npz", "network_rail.npz", "network_sea.npz")
    }
    assert sum(sizes.values()) < 2_000_000
    assert len((DATA / "basemap.json").read_bytes()) <= 250_000


def test_hand_made_links_are_in_the_tables() -> None:
    tables = load_transport_network()
    with (DATA / "network_links.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"Oresund bridge and tunnel", "Great Belt bridge", "Channel Tunnel shuttle", "Kiel Canal"} <= {
        row["name"] for row in rows
    }
    assert all(row["source"] and row["grade"] for row in rows)
    for mode, table in (("road", tables.road), ("rail", tables.rail), ("sea", tables.sea)):
        expected = sorted(row["kind"] for row in rows if row["mode"] == mode)
        assert sorted(LINK_KINDS[kind] for kind in table.kinds if kind) == expected


def test_every_closed_gap_is_logged_within_the_rule() -> None:
    with (DATA / "network_joins.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 150
    for row in rows:
        gap_m, detour_m = int(row["gap_m"]), int(row["detour_m"] or 10**9)
        assert gap_m <= 400 or (300 <= gap_m <= 14_000 and detour_m >= max(6 * gap_m, 25_000) - 500)


def test_gauges_follow_country_and_overrides() -> None:
    rail = load_transport_network().rail
    inner = ~rail.border

    def masks(country: str) -> set[int]:
        return set(rail.gauges[inner & (rail.countries[rail.start] == country)].tolist())

    assert masks("DEU") == {gauge_mask([1435])}
    assert masks("UKR") == {gauge_mask([1520]), gauge_mask([1435, 1520])}
    assert masks("FIN") == {gauge_mask([1524]), gauge_mask([1435, 1524])}
    assert masks("PRT") == {gauge_mask([1668])}
    assert masks("IRL") == {gauge_mask([1600])}


def test_gauge_mask_refuses_an_unknown_gauge() -> None:
    assert gauge_mask(GAUGES_MM) == 31
    with pytest.raises(ValueError, match="1000 mm is not known"):
        gauge_mask([1000])


def test_mode_table_refuses_edges_to_nowhere() -> None:
    one = np.array([0.0])
    with pytest.raises(ValueError, match="lower to a higher node"):
        ModeTable(
            one, one.copy(), np.array(["UKR"]), np.array([0]), np.array([1]), np.array([5]),
            np.zeros(1, dtype=np.uint8), np.zeros(1, dtype=np.uint8),
        )  # fmt: skip
