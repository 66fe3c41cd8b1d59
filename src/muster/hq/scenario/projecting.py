"""Rows out of the journals of all sites: what a row is after all that was written to it anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from muster.disclosure.labels import Label
from muster.hq.copying import copy_in
from muster.hq.people.queries import bits
from muster.hq.records.canonical import Json
from muster.hq.scenario.models import Row
from muster.hq.sites.merging import Merged, Write, merge
from muster.hq.sites.narrowing import narrowest
from muster.hq.sites.projections import Histories, Known, Projected

ROW: Final = "scenario.row"
"""Kind of rows, as events name it."""
LABEL_FIELD: Final = "label"
REMOVED_FIELD: Final = "removed"
_TABLE, _POSITION, _CELLS = "table", "position", "cells"
_AT_ONCE: Final = 1000
_SET: Final = (
    "owner", "marking", "rel_low", "rel_high", "table", "name", "cells", "words", "position", "site", "version",
    "changed_at", "removed_at",
)  # fmt: skip


def told_of_row(row: Row, *, with_cells: bool) -> dict[str, Json]:
    """What an event tells beside its changes, for sites that do not have the row.

    Parameters
    ----------
    with_cells
        Whether to tell all cells: a site that may hold the row from now on has had none of them.
    """
    told: dict[str, Json] = {_TABLE: row.table, _POSITION: row.position}
    return {**told, _CELLS: dict(row.cells)} if with_cells else told


def project(histories: Histories, using: str) -> list[Projected]:
    """Write rows as they are after all events that this site knows of each."""
    standing = Row.objects.using(using).select_for_update().in_bulk(list(histories))
    labels, rows, projected = bits(), [], list[Projected]()
    for key, history in histories.items():
        row = standing.get(key) or Row(id=key)
        made = _make(row, history)
        if made is not None:
            merged, label = made
            row.put_label(label, labels)
            rows.append(row)
            projected.append(Projected(row, merged.conflicts))
    copy_in([row for row in rows if row.pk not in standing], using)
    Row.objects.using(using).bulk_update([row for row in rows if row.pk in standing], _SET, _AT_ONCE)
    return projected


def derived(history: Sequence[Known]) -> Json:
    """What a row is after its events: table, place, cells, label, and whether it is removed."""
    row = Row()
    made = _make(row, history)
    if made is None:
        return None
    return {
        "table": row.table, "position": row.position, "site": row.site, "cells": row.cells, "label": str(made[1]),
        "removed": row.removed_at is not None, "version": row.version,
    }  # fmt: skip


def _make(row: Row, history: Sequence[Known]) -> tuple[Merged, Label] | None:
    """Set all of a row but the columns of its label; None where this site was told nothing of it."""
    in_order = sorted(history, key=lambda known: known.order)
    told = _told(in_order)
    if told is None:
        return None
    merged = merge(write for known in in_order for write in _writes(known))
    _put(row, told, in_order, merged)
    return merged, _label(in_order, merged)


def _told(history: Sequence[Known]) -> Mapping[str, Any] | None:
    """The last that was told of the row as a whole; None where this site was told nothing."""
    facts = [known.body.facts for known in history if known.body is not None and _TABLE in known.body.facts]
    whole = [each for each in facts if _CELLS in each]
    return whole[-1] if whole else facts[-1] if facts else None


def _put(row: Row, told: Mapping[str, Any], history: Sequence[Known], merged: Merged) -> None:
    """Set what a row says; where bodies were kept from this site, what it was told as a whole comes before."""
    is_whole = all(known.body is not None for known in history)
    known_before: Mapping[str, Any] = {} if is_whole else told.get(_CELLS, {})
    written = {name: text for name, text in merged.values.items() if name not in {LABEL_FIELD, REMOVED_FIELD}}
    row.table, row.position, row.site = told[_TABLE], told[_POSITION], history[0].event.site
    row.fill({name: str(text) for name, text in {**known_before, **written}.items() if text is not None})
    row.version = len(history)
    row.changed_at = _instant(history[-1])
    removals = [known for known in history if _writes_of(known, REMOVED_FIELD)]
    row.removed_at = _instant(removals[-1]) if merged.values.get(REMOVED_FIELD) else None


def _writes(known: Known) -> Iterator[Write]:
    """What an event writes. Whoever changes a row says, too, that it stands: so a removal elsewhere is not lost."""
    if known.body is None:
        return
    fields = {change.field: change.after for change in known.body.changes}
    fields.setdefault(REMOVED_FIELD, False)
    for name, value in fields.items():
        yield Write(name, value, known.event.time, known.place, known.body.seen)


def _writes_of(known: Known, field: str) -> bool:
    return known.body is not None and any(change.field == field for change in known.body.changes)


def _label(history: Sequence[Known], merged: Merged) -> Label:
    """The label that holds; while several were set that had not heard of each other, what all of them allow.

    The header of an event whose body was kept from this site still says under which label the row was then.
    """
    said = [number for number, known in enumerate(history) if _writes_of(known, LABEL_FIELD)]
    after = history[said[-1] + 1 :] if said else history
    labels = [known.event.label for known in after if known.body is None]
    if said:
        open_ones = [each for each in merged.conflicts if each.field == LABEL_FIELD and each.settled_by is None]
        texts = {str(merged.values[LABEL_FIELD])}
        texts |= {str(write.value) for each in open_ones for write in (each.passed_over, each.standing)}
        labels += [Label.parse(text) for text in sorted(texts)]
    return narrowest(labels or [history[0].event.label])


def _instant(known: Known) -> datetime:
    return datetime.fromtimestamp(known.event.time.wall_ms / 1000, UTC)
