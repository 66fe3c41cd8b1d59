"""The PostgreSQL that a headquarters runs on: one of our own, or one that is named."""

from muster.hq.database.address import Addresses, addresses, cluster_of, is_elsewhere
from muster.hq.database.binaries import Binaries, NoPostgresql, find_binaries
from muster.hq.database.cluster import Cluster, ClusterFailed
from muster.hq.database.roles import make_roles

__all__ = [
    "Addresses",
    "Binaries",
    "Cluster",
    "ClusterFailed",
    "NoPostgresql",
    "addresses",
    "cluster_of",
    "find_binaries",
    "is_elsewhere",
    "make_roles",
]
