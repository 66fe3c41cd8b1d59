"""The PostgreSQL that a headquarters runs on: one of our own, or one that is named."""

from muster.hq.database.address import (
    Addresses,
    AddressUnusable,
    addresses,
    cluster_of,
    is_elsewhere,
    refuse_unreachable,
)
from muster.hq.database.binaries import Binaries, NoPostgresql, Source, find_binaries, list_binaries
from muster.hq.database.cluster import Cluster, ClusterFailed
from muster.hq.database.roles import make_roles

__all__ = [
    "AddressUnusable",
    "Addresses",
    "Binaries",
    "Cluster",
    "ClusterFailed",
    "NoPostgresql",
    "Source",
    "addresses",
    "cluster_of",
    "find_binaries",
    "is_elsewhere",
    "list_binaries",
    "make_roles",
    "refuse_unreachable",
]
