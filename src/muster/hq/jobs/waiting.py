"""Waiting for work: the database rings a bell when a job is asked for."""

import time
from typing import Final

from django.db import DatabaseError, InterfaceError, connection
from psycopg import Error

CHANNEL: Final = "hq_jobs"


def ring() -> None:
    """Wake who waits for work, when the transaction is there for others to see; this tells nothing but that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


class Bell:
    """Hears the bell on a connection of its own; without one, or without a ring, the wait ends all the same."""

    def __init__(self) -> None:
        self._hearing = connection.copy()

    def wait(self, most_s: float) -> None:
        """Wait until it rings, at most for some seconds."""
        try:
            if self._hearing.connection is None:
                with self._hearing.cursor() as cursor:
                    cursor.execute(f"LISTEN {CHANNEL}")
                return  # what came before is looked for at once
            for _ in self._hearing.connection.notifies(timeout=most_s, stop_after=1):
                pass
        except (Error, DatabaseError, InterfaceError):
            self._hearing.close()
            time.sleep(most_s)
