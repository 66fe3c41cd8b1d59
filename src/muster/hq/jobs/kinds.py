"""What kinds of long work there are: each application registers its own."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from django.utils.module_loading import import_string

from muster.hq.records.canonical import Json

if TYPE_CHECKING:
    from muster.hq.people.models import Account


class Course(Protocol):
    """Whom long work tells how far it is, whom it asks whether to go on, and by whom it acts."""

    def tell(self, fraction: float | None, text: str, figures: Mapping[str, float] | None = None) -> None:
        """Tell how far it is, 0 to 1, None where nobody knows; and figures of the best so far by their names."""

    def should_stop(self) -> bool:
        """Whether the work is to end soon, with the best that it has: somebody asked, or the job is another's now."""

    def acting(self) -> AbstractContextManager["Account"]:
        """Open a short transaction for the account that asked, with the rights that it has then.

        Raises
        ------
        JobLost
            When the job was given to another worker meanwhile; whatever this one has is thrown away.
        """

    def made(self, result: uuid.UUID) -> None:
        """Note the id of what the work made, inside the transaction that keeps it: it is then never made twice."""


class WorkRefused(Exception):
    """Work that cannot be done; the message tells the person why, and what to do."""


class JobLost(Exception):
    """A job that another worker has now, or that is over."""


Work = Callable[[Mapping[str, Json], Course], None]
"""Does the work outside of any transaction."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work.

    Attributes
    ----------
    where
        Module and name of the work: it is imported where it is done, and pages start at once.
    page
        Name of the address that shows what it made.
    """

    where: str
    page: str


KINDS: Final[dict[str, Kind]] = {}


def register(kind: str, where: str, *, page: str) -> None:
    """Make a kind of work known; each name once.

    Parameters
    ----------
    where
        Such as ``muster.hq.plans.working.make_plan``.
    """
    if kind in KINDS:
        raise ValueError(f'There are two kinds of work named "{kind}"; name one otherwise.')
    KINDS[kind] = Kind(where, page)


def work_of(kind: str) -> Work:
    """The work of a kind."""
    work: Work = import_string(KINDS[kind].where)
    return work
