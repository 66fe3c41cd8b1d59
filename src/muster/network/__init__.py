"""Routes over the real transport network.

What is said about a network is here; what answers is in ``muster.network.routes`` (``build_network``, ``Network``) and
is imported from there, so that reading a plan does not load a graph library.
"""

from muster.network.limits import Anchor, Crossing, LinkOverride, NetworkError, VehicleLimits
from muster.network.modes import Mode
from muster.reference.network_tables import TransportTables, load_transport_network

__all__ = [
    "Anchor",
    "Crossing",
    "LinkOverride",
    "Mode",
    "NetworkError",
    "TransportTables",
    "VehicleLimits",
    "load_transport_network",
]
