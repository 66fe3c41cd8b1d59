"""Acting outside of a request: each transaction in a context that is worked out for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection, transaction

from muster.hq.boundary.context import Viewer, enter, signed
from muster.hq.boundary.key_in_use import key_in_use
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.boundary.masks import masks_of
from muster.hq.jobs.claiming import Claimed
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for, viewer_of


class AccountClosed(Exception):
    """An account for which nothing is done any more."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Who ends what cannot end by itself, as records name it."""

    key_name = ""

    def get_username(self) -> str:
        """Give its name."""
        return "WORKER"


WORKER: Final = Worker()


@contextmanager
def acting_for(claimed: Claimed) -> Iterator[Account]:
    """Open a transaction in the context of the account that asked, with the rights that it has now.

    Raises
    ------
    AccountClosed
        When there is no such account, it was closed, or it now writes for another owner than that of the job.
    """
    with _transaction():
        found = Account.objects.select_related("post__nation").filter(pk=claimed.account, is_active=True).first()
        if found is None or owner_for(found) != claimed.owner:
            raise AccountClosed(f"Account {claimed.account} is closed or moved; nothing is done for it any more.")
        _enter(viewer_of(found))
        yield found


@contextmanager
def ending(claimed: Claimed) -> Iterator[Worker]:
    """Open a transaction in which a job can be ended whatever became of its account.

    It sees what its owner alone sees, so that a job of a closed account does not stand there for ever. Nothing else is
    done in it.
    """
    with _transaction():
        owner = masks_of({bits()[claimed.owner]})
        _enter(Viewer(str(claimed.account), claimed.owner, len(MARKINGS) - 1, owner))
        yield WORKER


@contextmanager
def _transaction() -> Iterator[None]:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with transaction.atomic():
        yield


def _enter(viewer: Viewer) -> None:
    with connection.cursor() as cursor:
        enter(cursor, signed(viewer, key_in_use(), at=datetime.now(UTC)))
