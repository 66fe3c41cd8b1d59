"""Routes over the real transport network."""

from muster.network.course import CountryEntry, Passage, Route
from muster.network.limits import Anchor, Crossing, LinkOverride, NetworkError, VehicleLimits
from muster.network.modes import Mode
from muster.network.routes import CLOSED_COUNTRIES, Network, build_network
from muster.reference.network_tables import TransportTables, load_transport_network

__all__ = [
    "CLOSED_COUNTRIES",
    "Anchor",
    "CountryEntry",
    "Crossing",
    "LinkOverride",
    "Mode",
    "Network",
    "NetworkError",
    "Passage",
    "Route",
    "TransportTables",
    "VehicleLimits",
    "build_network",
    "load_transport_network",
]
