"""What kinds of long work there are: each application registers its own."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, Protocol

from django.utils.module_loading import import_string

from muster.hq.records.canonical import Json

if TYPE_CHECKING:
    from muster.hq.people.models import Account


class Course(Protocol):
    """Whom long work tells how far it is, whom it asks whether to go on, and by whom it acts."""

    def tell(self, fraction: float | None, text: str) -> None:
        """Tell how far it is, 0 to 1; None where nobody knows."""

    def should_stop(self) -> bool:
        """Whether somebody asked to stop: the work then ends soon, with the best that it has."""

    def acting(self) -> AbstractContextManager["Account"]:
        """Open a short transaction for the account that asked, with the rights that it has then."""


class WorkRefused(Exception):
    """Work that cannot be done; the message tells the person why, and what to do."""


Work = Callable[[Mapping[str, Json], Course], uuid.UUID | None]
"""Does the work outside of any transaction; gives the id of what it made."""
KINDS: Final[dict[str, str]] = {}
"""Where the work of each kind is, as module and name: it is imported where it is done, and pages start at once."""


def register(kind: str, where: str) -> None:
    """Make a kind of work known; each name once.

    Parameters
    ----------
    where
        Such as ``muster.hq.plans.working.make_plan``.
    """
    if kind in KINDS:
        raise ValueError(f'There are two kinds of work named "{kind}"; name one otherwise.')
    KINDS[kind] = where


def work_of(kind: str) -> Work:
    """The work of a kind."""
    work: Work = import_string(KINDS[kind])
    return work
