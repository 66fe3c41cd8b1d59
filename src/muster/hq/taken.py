"""What can be had once, when two people take it at the same moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


@contextmanager
def unless_taken(constraint: str, refusal: Callable[[], Exception]) -> Iterator[None]:
    """Write what a constraint of the database lets in once; whoever comes second is refused as if they had come later.

    A question asked before does not see what somebody else has not yet saved; the constraint waits for them. The
    transaction goes on: only what was written here is taken back.

    Parameters
    ----------
    constraint
        Its name in the database; that another one is broken stays an error.
    refusal
        Makes what is raised; it sees what the first one saved.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != constraint:
            raise
        raise refusal() from error
