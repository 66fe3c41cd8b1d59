"""How the application reaches its database."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

from muster.hq.database.binaries import find_binaries
from muster.hq.database.cluster import Cluster
from muster.hq.database.roles import APPLICATION, DATABASE, OWNER, SYNC, role_passwords

URL: Final = "MUSTER_DATABASE_URL"
OWNER_URL: Final = "MUSTER_DATABASE_OWNER_URL"
SYNC_URL: Final = "MUSTER_DATABASE_SYNC_URL"
"""Environment variables that name a server elsewhere: for the application, changes of the schema, and sealing."""
CLUSTER: Final = "database"
"""Folder of the cluster in that of the headquarters."""


class AddressMissing(Exception):
    """A server is named, but not for every role."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """How each role reaches the database: host, user, password, dbname, and port where there is one."""

    application: dict[str, Any]
    owner: dict[str, Any]
    sync: dict[str, Any]


def is_elsewhere() -> bool:
    """Whether the database is a named server and none of our own."""
    return URL in os.environ


def cluster_of(headquarters: Path) -> Cluster:
    """The cluster of a headquarters."""
    return Cluster(headquarters / CLUSTER, find_binaries())


def addresses(headquarters: Path) -> Addresses:
    """Addresses of the database of a headquarters.

    Raises
    ------
    AddressMissing
        When a server is named for the application, and none for the other roles.
    """
    if is_elsewhere():
        for variable, role in ((OWNER_URL, OWNER), (SYNC_URL, SYNC)):
            if variable not in os.environ:
                raise AddressMissing(f"{URL} is set and {variable} is not; name the server for {role} there too.")
        return Addresses(*(conninfo_to_dict(os.environ[variable]) for variable in (URL, OWNER_URL, SYNC_URL)))
    cluster = cluster_of(headquarters)
    passwords = role_passwords(cluster.folder)
    return Addresses(*(cluster.address(role, passwords[role], DATABASE) for role in (APPLICATION, OWNER, SYNC)))
