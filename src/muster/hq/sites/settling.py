"""Conflicts that are settled by whoever writes the field again."""

from collections.abc import Sequence

from django.db.models import QuerySet

from muster.hq.boundary.labelled import Labelled
from muster.hq.sites.models import ConflictRow


def note_written(thing: Labelled, *, fields: Sequence[str], by: str) -> None:
    """Settle the open conflicts about fields that were written, and keep all of the thing under its label.

    Parameters
    ----------
    by
        Place of the event.
    """
    open_ones = ConflictRow.objects.filter(thing_id=thing.pk)
    if not open_ones.exists():
        return
    open_ones.filter(field__in=fields, settled_by="").update(settled_by=by)
    open_ones.update(marking=thing.marking, rel_low=thing.rel_low, rel_high=thing.rel_high)


def list_conflicts(kind: str) -> QuerySet[ConflictRow]:
    """Conflicts about things of a kind that the viewer may see, the open ones first."""
    return ConflictRow.objects.filter(thing_kind=kind)
