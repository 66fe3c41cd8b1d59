"""How the application reaches its database."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from muster.hq.database.binaries import find_binaries
from muster.hq.database.cluster import Cluster
from muster.hq.database.roles import APPLICATION, DATABASE, OWNER, SYNC, role_passwords
from muster.hq.refused import Refused

URL: Final = "MUSTER_DATABASE_URL"
OWNER_URL: Final = "MUSTER_DATABASE_OWNER_URL"
SYNC_URL: Final = "MUSTER_DATABASE_SYNC_URL"
"""Environment variables that name a server elsewhere: for the application, changes of the schema, and sealing."""
CLUSTER: Final = "database"
"""Folder of the cluster in that of the headquarters."""


class AddressUnusable(Refused):
    """An address of a server elsewhere that is not there, or cannot be used.

    Attributes
    ----------
    variable
        The environment variable at fault.
    """

    def __init__(self, variable: str, rule: str) -> None:
        super().__init__(f"{variable} {rule}.")
        self.variable = variable


@dataclass(frozen=True, slots=True)
class Addresses:
    """How each role reaches the database: host, user, password, dbname, and whatever else libpq is to be told."""

    application: dict[str, Any] = field(repr=False)
    owner: dict[str, Any] = field(repr=False)
    sync: dict[str, Any] = field(repr=False)


def is_elsewhere() -> bool:
    """Whether the database is a named server and none of our own."""
    return URL in os.environ


def cluster_of(headquarters: Path) -> Cluster:
    """The cluster of a headquarters, with programs that read its data, or the best there are for a new one.

    Raises
    ------
    NoPostgresql
        When this machine has no such programs.
    """
    folder = headquarters / CLUSTER
    made_by = folder / "data" / "PG_VERSION"
    return Cluster(folder, find_binaries(int(made_by.read_text(encoding="ascii")) if made_by.exists() else None))


def addresses(headquarters: Path) -> Addresses:
    """Addresses of the database of a headquarters.

    Raises
    ------
    AddressUnusable
        When a server is named for the application, and none for the other roles; when an address cannot be read; or
        when two of them name one role, because an owner can switch policies off.
    """
    if is_elsewhere():
        return _elsewhere()
    cluster = cluster_of(headquarters)
    passwords = role_passwords(cluster.folder)
    return Addresses(*(cluster.address(role, passwords[role], DATABASE) for role in (APPLICATION, OWNER, SYNC)))


def refuse_unreachable() -> None:
    """Go on only where the server elsewhere lets every role in.

    Raises
    ------
    AddressUnusable
        When an address cannot be used, or nobody answers there.
    """
    named = _elsewhere()
    for (variable, _), address in zip(_ELSEWHERE, (named.application, named.owner, named.sync), strict=True):
        try:
            psycopg.connect(**address).close()
        except psycopg.OperationalError as refused:
            said = " ".join(str(refused).split())
            raise AddressUnusable(variable, f"names a server that lets nobody in ({said}); see to it") from None


_ELSEWHERE: Final = ((URL, APPLICATION), (OWNER_URL, OWNER), (SYNC_URL, SYNC))


def _elsewhere() -> Addresses:
    app, owner, sync = (_read(variable, role) for variable, role in _ELSEWHERE)
    if app["user"] in {owner["user"], sync["user"]}:
        raise AddressUnusable(URL, f"names role {app['user']}, as another address does; give the application its own")
    return Addresses(app, owner, sync)


def _read(variable: str, role: str) -> dict[str, Any]:
    """Read an address; what is wrong with it is told without it, because it holds a password."""
    example = f"write postgresql://{role}:password@host:5432/muster"
    if variable not in os.environ:
        raise AddressUnusable(variable, f"is not set and {URL} is; name the server for {role} there too")
    try:
        read = conninfo_to_dict(os.environ[variable])
    except psycopg.ProgrammingError:
        raise AddressUnusable(variable, f"is no address of PostgreSQL; {example}") from None
    for name in ("user", "dbname"):
        if name not in read:
            raise AddressUnusable(variable, f"names no {name}; {example}")
    return read
