"""Places and crossings that the tests of the network share."""

from functools import cache

from muster.network import Anchor, Crossing, Mode, load_transport_network
from muster.network.routes import Network, build_network

CITIES = {
    "Berlin": (52.52, 13.40, "DEU"), "Bucharest": (44.43, 26.10, "ROU"), "Chisinau": (47.01, 28.86, "MDA"),
    "Constanta": (44.17, 28.64, "ROU"), "Copenhagen": (55.68, 12.57, "DNK"), "Izmail": (45.35, 28.84, "UKR"),
    "Kyiv": (50.45, 30.52, "UKR"), "London": (51.50, -0.12, "GBR"), "Lviv": (49.84, 24.03, "UKR"),
    "Malmo": (55.60, 13.00, "SWE"), "Medyka": (49.80, 22.93, "POL"), "Mostyska": (49.79, 23.15, "UKR"),
    "Mykolaiv": (46.97, 32.00, "UKR"), "Odesa": (46.48, 30.73, "UKR"), "Paris": (48.86, 2.35, "FRA"),
    "Rotterdam": (51.92, 4.48, "NLD"), "Rzeszow": (50.04, 22.00, "POL"), "Tulcea": (45.18, 28.80, "ROU"),
    "Warsaw": (52.23, 21.01, "POL"),
}  # fmt: skip
PORTS = {
    "Bremerhaven": (53.55, 8.55, "DEU"), "Cherbourg": (49.65, -1.60, "FRA"), "Constanta port": (44.10, 28.70, "ROU"),
    "Galati port": (45.43, 28.06, "ROU"), "Gdansk port": (54.40, 18.70, "POL"), "Izmail port": (45.335, 28.84, "UKR"),
    "Marseille": (43.30, 5.35, "FRA"), "Odesa port": (46.50, 30.76, "UKR"), "Reni port": (45.45, 28.29, "UKR"),
}  # fmt: skip
ROAD_RAIL = frozenset({Mode.ROAD, Mode.RAIL})
CROSSINGS = (
    Crossing("Yahodyn", 51.180, 23.808, ROAD_RAIL, ("POL", "UKR")),
    Crossing("Shehyni", 49.803, 22.950, ROAD_RAIL, ("POL", "UKR")),
    Crossing("Krakovets", 49.956, 23.098, frozenset({Mode.ROAD}), ("POL", "UKR")),
    Crossing("Porubne", 47.985, 26.060, frozenset({Mode.ROAD}), ("ROU", "UKR")),
    Crossing("Giurgiulesti-Galati", 45.474, 28.186, frozenset({Mode.ROAD}), ("ROU", "MDA")),
    Crossing("Giurgiulesti-Reni", 45.470, 28.207, frozenset({Mode.ROAD}), ("MDA", "UKR")),
    Crossing("Palanca", 46.412, 30.106, frozenset({Mode.ROAD}), ("MDA", "UKR")),
    Crossing("Kuchurhan", 46.740, 29.970, frozenset({Mode.ROAD}), ("MDA", "UKR")),
    Crossing("Leuseni", 46.790, 28.160, frozenset({Mode.ROAD}), ("ROU", "MDA")),
)


def anchors() -> tuple[Anchor, ...]:
    return tuple(Anchor(name, *where) for name, where in (CITIES | PORTS).items())


@cache
def europe() -> Network:
    """The packaged network with the shared places and crossings; nothing changes it."""
    return build_network(load_transport_network(), anchors(), CROSSINGS)


@cache
def uncontrolled() -> Network:
    """The packaged network with the shared places and every border open."""
    return build_network(load_transport_network(), anchors(), (), closed_countries=())
