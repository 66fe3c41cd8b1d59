"""Routes over the packaged network are the routes that people drive, ride and sail."""

from itertools import permutations

import numpy as np
import pytest

from muster.measures.geodesy import distance_m
from muster.measures.units import METRES_PER_NAUTICAL_MILE
from muster.network import (
    Anchor,
    Crossing,
    LinkOverride,
    Mode,
    NetworkError,
    VehicleLimits,
    load_transport_network,
)
from muster.network.routes import build_network
from network.instances import CITIES, CROSSINGS, PORTS, anchors, europe, uncontrolled


@pytest.mark.parametrize(
    ("origin", "goal", "least_km", "most_km"),
    [
        ("Paris", "Lviv", 1650, 1790), ("Lviv", "Kyiv", 525, 550), ("Rzeszow", "Lviv", 160, 175),
        ("Constanta", "Odesa", 465, 530), ("Kyiv", "Odesa", 460, 485), ("Rotterdam", "Rzeszow", 1370, 1420),
        ("Odesa", "Mykolaiv", 120, 140), ("Copenhagen", "Malmo", 25, 50), ("Paris", "London", 400, 480),
        ("Copenhagen", "Berlin", 650, 780),
    ],
)  # fmt: skip
def test_road_distances_are_the_usual_ones(origin: str, goal: str, least_km: float, most_km: float) -> None:
    distance_km = europe().distances(Mode.ROAD, [origin, goal])[0, 1] / 1000
    assert least_km <= distance_km <= most_km


@pytest.mark.parametrize(
    ("origin", "goal", "least_km", "most_km"),
    [
        ("Kyiv", "Odesa", 590, 670), ("Lviv", "Kyiv", 550, 580), ("Bucharest", "Chisinau", 500, 545),
        ("Odesa", "Mykolaiv", 190, 250), ("Rzeszow", "Lviv", 175, 195), ("Copenhagen", "Malmo", 30, 55),
        ("Paris", "London", 440, 500),
    ],
)  # fmt: skip
def test_rail_distances_are_the_usual_ones(origin: str, goal: str, least_km: float, most_km: float) -> None:
    distance_km = uncontrolled().distances(Mode.RAIL, [origin, goal])[0, 1] / 1000
    assert least_km <= distance_km <= most_km


@pytest.mark.parametrize(
    ("origin", "goal", "least_nmi", "most_nmi"),
    [
        ("Cherbourg", "Constanta port", 3080, 3180), ("Marseille", "Constanta port", 1520, 1590),
        ("Constanta port", "Odesa port", 170, 205), ("Gdansk port", "Bremerhaven", 430, 480),
        ("Constanta port", "Izmail port", 130, 185), ("Izmail port", "Reni port", 30, 45),
        ("Reni port", "Galati port", 9, 16),
    ],
)  # fmt: skip
def test_sea_distances_are_the_usual_ones(origin: str, goal: str, least_nmi: float, most_nmi: float) -> None:
    distance_nmi = europe().distances(Mode.SEA, [origin, goal])[0, 1] / METRES_PER_NAUTICAL_MILE
    assert least_nmi <= distance_nmi <= most_nmi


def test_no_bridge_spans_the_danube_at_tulcea() -> None:
    no_ferry = [*CROSSINGS, Crossing("Orlivka", 45.29, 28.45, frozenset({Mode.ROAD}), ("ROU", "UKR"))]
    network = build_network(load_transport_network(), anchors(), no_ferry)
    pair = ("Tulcea", "Izmail")
    by_ferry = network.routes(Mode.ROAD, [pair])[pair]
    assert [passage.crossing_id for passage in by_ferry.passages] == ["Orlivka"]
    around = network.routes(Mode.ROAD, [pair], avoid_crossings=frozenset({"Orlivka"}))[pair]
    assert around.distance_m > 180_000
    assert {entry.country for entry in around.countries} == {"ROU", "MDA", "UKR"}


def test_standard_gauge_stops_short_of_kyiv() -> None:
    network = europe()
    assert network.routes(Mode.RAIL, [("Warsaw", "Kyiv")], gauge_mm=1435) == {}
    assert ("Warsaw", "Kyiv") in network.routes(Mode.RAIL, [("Warsaw", "Kyiv")])
    assert np.isinf(network.distances(Mode.RAIL, ["Warsaw", "Kyiv"], gauge_mm=1435)[0, 1])


def test_both_gauges_reach_the_border_station() -> None:
    network = europe()
    standard = network.routes(Mode.RAIL, [("Rzeszow", "Mostyska")], gauge_mm=1435)
    broad = network.routes(Mode.RAIL, [("Medyka", "Kyiv")], gauge_mm=1520)
    assert [passage.crossing_id for passage in standard["Rzeszow", "Mostyska"].passages] == ["Shehyni"]
    assert [passage.crossing_id for passage in broad["Medyka", "Kyiv"].passages] == ["Shehyni"]


def test_a_border_is_passed_at_one_listed_crossing_and_another_when_that_is_shut() -> None:
    network, pair = europe(), ("Rzeszow", "Lviv")
    route = network.routes(Mode.ROAD, [pair])[pair]
    assert [passage.crossing_id for passage in route.passages] == ["Krakovets"]
    assert [entry.country for entry in route.countries] == ["POL", "UKR"]
    assert route.countries[0].distance_m == 0
    assert 80_000 < route.countries[1].distance_m == route.passages[0].distance_m < 120_000
    shifted = network.routes(Mode.ROAD, [pair], avoid_crossings=frozenset({"Krakovets"}))[pair]
    assert [passage.crossing_id for passage in shifted.passages] == ["Shehyni"]
    assert shifted.distance_m > route.distance_m


def test_a_border_without_listed_crossings_is_shut_when_they_are_avoided() -> None:
    every = frozenset(crossing.crossing_id for crossing in CROSSINGS)
    assert (
        europe().routes(
            Mode.ROAD, [("Rzeszow", "Lviv")], avoid_crossings=every, avoid_countries=frozenset({"SVK", "HUN"})
        )
        == {}
    )


def test_a_country_that_is_avoided_is_not_entered() -> None:
    pair = ("Paris", "Lviv")
    around = europe().routes(Mode.ROAD, [pair], avoid_countries=frozenset({"DEU"}))[pair]
    assert "DEU" not in {entry.country for entry in around.countries}
    assert around.distance_m > europe().routes(Mode.ROAD, [pair])[pair].distance_m


def test_nothing_goes_through_belarus_or_russia_unless_asked() -> None:
    pair = ("Warsaw", "Kyiv")
    assert "BLR" not in {entry.country for entry in europe().routes(Mode.ROAD, [pair])[pair].countries}


def test_a_weak_crossing_forces_a_detour() -> None:
    weak = LinkOverride("weak bridge", Mode.ROAD, crossing_id="Krakovets", mlc_max=60)
    network = build_network(load_transport_network(), anchors(), CROSSINGS, [weak])
    pair = ("Rzeszow", "Lviv")

    def crossed(limits: VehicleLimits | None) -> list[str]:
        return [passage.crossing_id for passage in network.routes(Mode.ROAD, [pair], limits=limits)[pair].passages]

    assert crossed(None) == crossed(VehicleLimits(mlc=60)) == ["Krakovets"]
    assert crossed(VehicleLimits(mlc=70)) == ["Shehyni"]


def test_a_pontoon_bridge_shortens_the_way_for_what_it_bears() -> None:
    pontoon = LinkOverride(
        "pontoon", Mode.ROAD, "Tulcea", "Izmail", distance_m=20_000, mlc_max=40, crossing_id="Danube pontoon"
    )
    network = build_network(load_transport_network(), anchors(), CROSSINGS, [pontoon])
    pair = ("Tulcea", "Izmail")
    route = network.routes(Mode.ROAD, [pair], limits=VehicleLimits(mlc=40))[pair]
    assert (route.distance_m, [passage.crossing_id for passage in route.passages]) == (20_000, ["Danube pontoon"])
    assert network.distances(Mode.ROAD, pair, limits=VehicleLimits(mlc=41))[0, 1] > 180_000


def test_a_bridge_inside_a_country_is_passed_by_every_route_over_it() -> None:
    bridge = Crossing("Great Belt", 55.342, 11.036, frozenset({Mode.ROAD}), ("DNK", "DNK"))
    network = build_network(load_transport_network(), anchors(), [bridge])
    pair = ("Copenhagen", "Berlin")
    route = network.routes(Mode.ROAD, [pair])[pair]
    assert [passage.crossing_id for passage in route.passages] == ["Great Belt"]
    assert network.routes(Mode.ROAD, [("Copenhagen", "Malmo")])["Copenhagen", "Malmo"].passages == ()


def test_distances_and_routes_agree_and_keep_the_triangle_inequality() -> None:
    for mode in (Mode.ROAD, Mode.RAIL):
        names = europe().reachable(mode, sorted(CITIES))
        table = europe().distances(mode, names)
        assert np.array_equal(table, table.T)
        assert (np.diag(table) == 0).all()
        assert (table[:, None, :] <= table[:, :, None] + table[None, :, :]).all()
        pairs = list(permutations(names[:8], 2))
        routes = europe().routes(mode, pairs)
        for pair in pairs:
            metres = table[names.index(pair[0]), names.index(pair[1])]
            assert routes[pair].distance_m == metres if pair in routes else np.isinf(metres)


def test_routes_are_never_shorter_than_the_geodesic() -> None:
    places = {anchor.place_id: anchor for anchor in anchors()}
    for mode, names in ((Mode.ROAD, sorted(CITIES)), (Mode.SEA, sorted(PORTS))):
        table = europe().distances(mode, names)
        for row, one in enumerate(names):
            for column, other in enumerate(names[:row]):
                a, b = places[one], places[other]
                geodesic = distance_m(a.latitude_deg, a.longitude_deg, b.latitude_deg, b.longitude_deg)
                assert table[row, column] >= 0.97 * geodesic


def test_a_flight_is_the_geodesic() -> None:
    route = europe().routes(Mode.AIR, [("Paris", "Kyiv")])["Paris", "Kyiv"]
    assert route.distance_m == round(float(europe().distances(Mode.AIR, ["Paris", "Kyiv"])[0, 1]))
    assert (route.passages, route.countries) == ((), ())
    assert route.line[0] == CITIES["Paris"][:2]
    assert len(route.line) > 5


def test_the_line_runs_from_place_to_place() -> None:
    route = europe().routes(Mode.ROAD, [("Paris", "Lviv")])["Paris", "Lviv"]
    assert route.line[0] == CITIES["Paris"][:2]
    assert route.line[-1] == CITIES["Lviv"][:2]
    assert len(route.line) <= 220
    back = europe().routes(Mode.ROAD, [("Lviv", "Paris")])["Lviv", "Paris"]
    assert back.distance_m == route.distance_m


def test_places_off_the_network_are_named_together() -> None:
    lost = [Anchor("Mid-Atlantic", 45.0, -11.9, "PRT"), Anchor("North Sea", 56.0, 3.0, "GBR")]
    network = build_network(load_transport_network(), [*anchors(), *lost], [])
    assert network.reachable(Mode.ROAD, ["Lviv", "North Sea", "Kyiv"]) == ["Lviv", "Kyiv"]
    with pytest.raises(NetworkError) as caught:
        network.distances(Mode.ROAD, ["Lviv", "Mid-Atlantic", "North Sea", "Atlantis"])
    assert len(caught.value.faults) == 3
    assert 'Place "North Sea" has no road within 25 km' in str(caught.value)


def test_a_crossing_that_lies_on_no_way_is_a_fault_and_not_a_wall() -> None:
    nowhere = Crossing("Nowhere", 60.0, 3.0, frozenset({Mode.ROAD}), ("POL", "UKR"))
    network = build_network(load_transport_network(), anchors(), [nowhere])
    assert len(network.faults) == 1
    assert 'Crossing "Nowhere": no road from POL to UKR within 25 km' in network.faults[0]
    assert ("Rzeszow", "Lviv") in network.routes(Mode.ROAD, [("Rzeszow", "Lviv")])


def test_faults_of_links_and_names_are_told_together() -> None:
    links = [
        LinkOverride("one", Mode.ROAD, "Lviv", "Atlantis", distance_m=5),
        LinkOverride("two", Mode.ROAD, closed=True),
        LinkOverride("two", Mode.ROAD, "Lviv", "Kyiv"),
    ]
    with pytest.raises(NetworkError) as caught:
        build_network(load_transport_network(), [*anchors(), *anchors()[:1]], CROSSINGS, links)
    assert len(caught.value.faults) == 4


def test_a_place_is_not_put_on_the_rails_of_a_neighbour() -> None:
    assert europe().reachable(Mode.RAIL, ["Reni port", "Galati port"], gauge_mm=1435) == ["Galati port"]
    assert europe().reachable(Mode.RAIL, ["Reni port", "Galati port"], gauge_mm=1520) == ["Reni port", "Galati port"]


def test_a_gauge_is_asked_of_rails_only() -> None:
    with pytest.raises(NetworkError, match="only rails have one"):
        europe().reachable(Mode.ROAD, ["Lviv"], gauge_mm=1435)
