"""What can be done to rows. Each action is one transaction and leaves an event for each row in the journal."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import Label, Marking
from muster.forces import OfferStatus
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import Act, record, record_all
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json
from muster.hq.scenario.choices import Verb
from muster.hq.scenario.models import Row
from muster.hq.scenario.projecting import LABEL_FIELD, REMOVED_FIELD, told_of_row
from muster.hq.scenario.queries import next_position
from muster.hq.scenario.rules import may_change, may_enter
from muster.hq.scenario.tables import OFFERS, TABLES, name_of
from muster.hq.sites.models import ConflictRow
from muster.hq.sites.settling import note_written
from muster.hq.taken import unless_taken

_AT_ONCE: Final = 1000
_STATUS: Final = "status"
_NAMED_ONCE: Final = "row_is_named_once_by_its_owner"


class RowRefused(Exception):
    """An action that the rules do not allow."""


class RowChangedMeanwhile(Exception):
    """Somebody else saved the row first.

    Attributes
    ----------
    row
        As it is now.
    """

    def __init__(self, row: Row) -> None:
        super().__init__(
            _('Row "%(row)s" has changed since it was opened: it has version %(version)d now.')
            % {"row": row, "version": row.version}
        )
        self.row = row


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be entered.

    Attributes
    ----------
    cells
        Filled cells as text, by column.
    """

    table: str
    cells: Mapping[str, str]
    label: Label


@transaction.atomic
def enter_rows(*, rows: Sequence[NewRow], by: Account, at: datetime) -> list[Row]:
    """Enter rows of one owner: all of them or none.

    Raises
    ------
    RowRefused
        When the account may not enter one of them, or it is named like another row.
    """
    labels, owner = bits(), owner_for(by)
    place = {table: next_position(table) for table in {row.table for row in rows}}
    made: list[Row] = []
    for new in rows:
        if new.label.owner != owner or not may_enter(by, new.table):
            raise RowRefused(
                _("Only %(owner)s enters rows of its own in %(table)s.")
                % {"owner": new.label.owner, "table": new.table}
            )
        row = Row(table=new.table, position=place[new.table], site=settings.SITE, changed_at=at)
        place[new.table] += 1
        row.fill(new.cells)
        row.put_label(new.label, labels)
        made.append(row)
    made_in_order = sorted(made, key=lambda row: (row.table, row.name))  # two who enter the same wait, and do not block
    with unless_taken(_NAMED_ONCE, lambda: _taken(made_in_order)):
        Row.objects.bulk_create(made_in_order, _AT_ONCE)
    acts = [Act(Verb.ENTERED, row, _changes(row, {}, 0), told_of_row(row, with_cells=False)) for row in made]
    record_all(by=by, acts=acts, at=at)
    return made


@transaction.atomic
def change_row(*, row: uuid.UUID, version: int, cells: Mapping[str, str], by: Account, at: datetime) -> Row:
    """Set the cells of a row; a save that changes nothing leaves no event.

    Parameters
    ----------
    version
        Version that whoever changes it had before them.

    Raises
    ------
    RowChangedMeanwhile
        When somebody else saved it first.
    RowRefused
        When the account may not.
    """
    return _set(_locked(row, version, by), cells, Verb.CHANGED, by, at)


@transaction.atomic
def withdraw_offer(*, row: uuid.UUID, version: int, by: Account, at: datetime) -> Row:
    """Withdraw an offer: it stays on record, and is matched no more.

    Raises
    ------
    RowChangedMeanwhile, RowRefused
        As for :func:`change_row`; also refused where it is no offer, or withdrawn already.
    """
    found = _locked(row, version, by)
    if found.table != OFFERS:
        raise RowRefused(_('"%(row)s" is not an offer; it can be removed.') % {"row": found})
    if found.cells.get(_STATUS) == OfferStatus.WITHDRAWN:
        raise RowRefused(_('Offer "%(offer)s" is withdrawn already.') % {"offer": found.name})
    return _set(found, {**found.cells, _STATUS: OfferStatus.WITHDRAWN.value}, Verb.WITHDRAWN, by, at)


@transaction.atomic
def remove_row(*, row: uuid.UUID, version: int, by: Account, at: datetime) -> Row:
    """Take a row out of the scenario; it stays on record and can be put back.

    Raises
    ------
    RowChangedMeanwhile, RowRefused
        As for :func:`change_row`.
    """
    found = _locked(row, version, by)
    found.removed_at = at
    return _saved(found, [Change(REMOVED_FIELD, False, True, found.version)], Verb.REMOVED, by, at)


@transaction.atomic
def restore_row(*, row: uuid.UUID, version: int, by: Account, at: datetime) -> Row:
    """Put a row back that was removed.

    Raises
    ------
    RowChangedMeanwhile, RowRefused
        As for :func:`change_row`; also refused where another row has its name by now.
    """
    found = _locked(row, version, by)
    refuse_taken(found.table, found.name, found.owner, apart_from=found.pk)
    found.removed_at = None
    return _saved(found, [Change(REMOVED_FIELD, True, False, found.version)], Verb.RESTORED, by, at)


@transaction.atomic
def undo_change(
    *, row: uuid.UUID, version: int, before: Mapping[str, str | None], by: Account, at: datetime
) -> Row:  # fmt: skip
    """Set cells back to what they said before the last change.

    Parameters
    ----------
    before
        What each cell that changed said, None where it was empty.

    Raises
    ------
    RowChangedMeanwhile, RowRefused
        As for :func:`change_row`.
    """
    found = _locked(row, version, by)
    cells = {**found.cells, **before}
    return _set(found, {column: text for column, text in cells.items() if text}, Verb.UNDONE, by, at)


@transaction.atomic
def label_row(*, row: uuid.UUID, version: int, label: Label, by: Account, at: datetime) -> Row:
    """Change who may see a row; only its owner does.

    Raises
    ------
    RowChangedMeanwhile, RowRefused
        As for :func:`change_row`.
    """
    found = _locked(row, version, by)
    if label.owner != found.owner:
        raise RowRefused(_('Row "%(row)s" stays with %(owner)s.') % {"row": found, "owner": found.owner})
    labels = bits()
    before = str(found.label(labels))
    found.put_label(label, labels)
    return _saved(found, [Change(LABEL_FIELD, before, str(found.label(labels)), found.version)], Verb.RELEASED, by, at)


@transaction.atomic
def settle_conflict(*, conflict: uuid.UUID, passed_over: bool, version: int, by: Account, at: datetime) -> Row:
    """Say which of two writes holds that had not seen each other; both stay in the journal.

    Parameters
    ----------
    passed_over
        Whether the one holds that was passed over, and not the one that is shown.

    Raises
    ------
    RowChangedMeanwhile, RowRefused
        As for :func:`change_row`; also refused where it is settled by now.
    """
    found = ConflictRow.objects.get(pk=conflict)
    row = _locked(found.thing_id, version, by)
    found.refresh_from_db()
    if found.settled_by:
        raise RowRefused(_("This is settled already, by %(event)s.") % {"event": found.settled_by})
    chosen = (found.passed_over if passed_over else found.standing)["value"]
    before = _write_field(row, found.field, chosen, at)
    return _saved(row, [Change(found.field, before, chosen, row.version)], Verb.SETTLED, by, at)


def _write_field(row: Row, field: str, value: Json, at: datetime) -> Json:
    """Set a cell, the label, or whether the row is removed; gives what it was."""
    if field == LABEL_FIELD:
        labels = bits()
        before = str(row.label(labels))
        row.put_label(Label.parse(str(value)), labels)
        return before
    if field == REMOVED_FIELD:
        was_removed = row.removed_at is not None
        row.removed_at = at if value else None
        if was_removed and not value:
            refuse_taken(row.table, row.name, row.owner, apart_from=row.pk)
        return was_removed
    text: Json = row.cells.get(field)
    row.fill({name: said for name, said in {**row.cells, field: value}.items() if said is not None})
    return text


def first_label(owner: str) -> Label:
    """The label with which a row begins: restricted, seen by its owner and the headquarters."""
    return Label(owner, Marking.RESTRICTED, frozenset())


def refuse_taken(table: str, name: str, owner: str, *, apart_from: uuid.UUID | None = None) -> None:
    """Refuse a name that another row of the owner has.

    Raises
    ------
    RowRefused
        Where it is taken.
    """
    same = Row.objects.filter(table=table, owner=owner, name=name, removed_at__isnull=True)
    if name and any(row.pk != apart_from for row in same):
        raise _refusal(table, name, owner)


def _refusal(table: str, name: str, owner: str) -> RowRefused:
    return RowRefused(
        _('%(owner)s has a row "%(row)s" in %(table)s already; choose another name, or edit that row.')
        % {"owner": owner, "row": name, "table": table}
    )


def _taken(rows: Sequence[Row]) -> RowRefused:
    """The refusal of rows of which one has a name that somebody took meanwhile, or that two of them have."""
    standing = Row.objects.filter(owner=rows[0].owner, removed_at=None).exclude(pk__in=[row.pk for row in rows])
    taken = Counter((row.table, row.name) for row in rows if row.name)
    taken.update(standing.filter(name__in={name for _table, name in taken}).values_list("table", "name"))
    (table, name), _times = taken.most_common(1)[0]
    return _refusal(table, name, rows[0].owner)


def _set(row: Row, cells: Mapping[str, str], verb: Verb, by: Account, at: datetime) -> Row:
    before, version = dict(row.cells), row.version
    refuse_taken(row.table, name_of(TABLES[row.table], cells), row.owner, apart_from=row.pk)
    row.fill(cells)
    changes = _changes(row, before, version)
    return _saved(row, changes, verb, by, at) if changes else row


def _changes(row: Row, before: Mapping[str, str], version: int) -> list[Change]:
    columns = [name for name in TABLES[row.table].column_of if name in before or name in row.cells]
    return [
        Change(name, before.get(name), row.cells.get(name), version)
        for name in columns
        if before.get(name) != row.cells.get(name)
    ]


def _locked(row: uuid.UUID, version: int, by: Account) -> Row:
    found = Row.objects.select_for_update().get(pk=row)
    if not may_change(by, found):
        raise RowRefused(
            _('Only %(owner)s changes "%(row)s", and says who may see it.') % {"owner": found.owner, "row": found}
        )
    if found.version != version:
        raise RowChangedMeanwhile(found)
    return found


def _saved(row: Row, changes: Sequence[Change], verb: Verb, by: Account, at: datetime) -> Row:
    row.version += 1
    row.changed_at = at
    with unless_taken(_NAMED_ONCE, lambda: _taken([row])):
        row.save(force_update=True)
    is_label = any(change.field == LABEL_FIELD for change in changes)
    facts = told_of_row(row, with_cells=True) if is_label else {}
    event = record(by=by, verb=verb, about=row, changes=changes, facts=facts, at=at)
    note_written(row, fields=[change.field for change in changes], by=event.place)
    return row
