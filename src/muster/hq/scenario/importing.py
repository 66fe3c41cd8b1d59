"""What a file would change: read whole, compared with the rows of its sender, and applied only when they say so."""

import csv
import io
import re
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.exchange.scenario import FILES, Fault, TablesRefused
from muster.exchange.scenario.canonical import write_table
from muster.exchange.scenario.reading import decode_text, read_table
from muster.exchange.scenario.settings import read_settings, write_settings
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change
from muster.hq.scenario.actions import NewRow, RowRefused, change_row, enter_rows, first_label, remove_row
from muster.hq.scenario.choices import Verb
from muster.hq.scenario.forms import LABEL_COLUMN
from muster.hq.scenario.models import Import, Row
from muster.hq.scenario.queries import line_owners, list_rows
from muster.hq.scenario.rules import may_enter
from muster.hq.scenario.tables import CONTENT, DOCUMENTS, LINE, TABLES, name_of, owner_of

LARGEST: Final = 20_000_000
"""Bytes of a file that is sent, and of what it unpacks to."""
_MARK: Final = b"\xef\xbb\xbf"
"""Byte order mark."""
_GUARD: Final = re.compile(r"'[=+\-@]")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One row that a file would add, change or remove.

    Attributes
    ----------
    row
        The row as it is; None where it is added.
    cells
        What it would say; empty where it is removed.
    """

    table: str
    name: str
    row: Row | None
    cells: Mapping[str, str]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Columns that change, with what they say before and after."""
        before = {} if self.row is None else self.row.cells
        columns = [name for name in TABLES[self.table].column_of if before.get(name, "") != self.cells.get(name, "")]
        return [(name, before.get(name, ""), self.cells.get(name, "")) for name in columns]


@dataclass(slots=True)
class Preview:
    """Everything that a file would change, or everything that is wrong with it.

    Attributes
    ----------
    of_others
        Rows of the file that belong to somebody else, by owner; they are left alone.
    absent
        Rows of whoever sent it that stand in its tables today and not in the file; removed only where that is asked.
    """

    added: list[Proposed] = field(default_factory=list)
    changed: list[Proposed] = field(default_factory=list)
    absent: list[Proposed] = field(default_factory=list)
    unchanged: int = 0
    of_others: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@transaction.atomic
def upload(*, name: str, content: bytes, by: Account, at: datetime) -> Import:
    """Keep a file until its preview is answered; only whoever sent it, and the headquarters, see it.

    Raises
    ------
    RowRefused
        When the account writes no rows, or the file is too large.
    """
    owner = owner_for(by)
    if not owner:
        raise RowRefused(_("Only the headquarters and nations import rows."))
    if len(content) > LARGEST:
        raise RowRefused(
            _('"%(file)s" has %(bytes)d bytes, more than %(most)d; send it in parts.')
            % {"file": name, "bytes": len(content), "most": LARGEST}
        )
    kept = Import(file_name=name[-160:], content=content, sent_by=by.get_username(), sent_at=at)
    kept.put_label(first_label(owner), bits())
    kept.save(force_insert=True)
    record(by=by, verb=Verb.IMPORT_UPLOADED, about=kept, changes=[Change("file", None, kept.file_name, 0)], at=at)
    return kept


@transaction.atomic
def apply_import(*, kept: uuid.UUID, remove_absent: bool, by: Account, at: datetime) -> Import:
    """Do what the preview says, all of it or nothing.

    Raises
    ------
    RowRefused
        When the import was answered already, is not the account's, or has faults.
    """
    found = _open(kept, by)
    seen = preview(found, by)
    if seen.faults:
        raise RowRefused(
            ngettext(
                '"%(file)s" has %(n)d fault; correct it and send it again.',
                '"%(file)s" has %(n)d faults; correct them and send it again.',
                len(seen.faults),
            )
            % {"file": found.file_name, "n": len(seen.faults)}
        )
    label = first_label(owner_for(by))
    gone = seen.absent if remove_absent else []
    _wait_for([*seen.changed, *gone])
    enter_rows(rows=[NewRow(new.table, new.cells, label) for new in seen.added], by=by, at=at)
    for new in seen.changed:
        if new.row is not None:
            change_row(row=new.row.pk, version=new.row.version, cells=new.cells, by=by, at=at)
    for old in gone:
        if old.row is not None:
            remove_row(row=old.row.pk, version=old.row.version, by=by, at=at)
    return _ended(found, len(seen.added) + len(seen.changed) + len(gone), Verb.IMPORT_APPLIED, by, at)


@transaction.atomic
def drop_import(*, kept: uuid.UUID, by: Account, at: datetime) -> Import:
    """Forget a file without changing anything.

    Raises
    ------
    RowRefused
        As for :func:`apply_import`.
    """
    return _ended(_open(kept, by), 0, Verb.IMPORT_DROPPED, by, at)


def preview(kept: Import, by: Account) -> Preview:
    """Work out what a file would change for its sender, as the rows are now."""
    seen, owner = Preview(), owner_for(by)
    try:
        files = _files(kept.file_name, bytes(kept.content))
    except TablesRefused as refused:
        seen.faults = list(refused.faults)
        return seen
    lines = line_owners()
    rows = list(_rows(files, seen.faults))
    lines |= {cells.get(LINE, ""): owner_of(table, cells, lines) for table, cells in rows if table == "lines"}
    in_file: dict[str, list[Mapping[str, str]]] = {}
    for table, cells in rows:
        whose = owner_of(table, cells, lines)
        if whose != owner or not may_enter(by, table):
            seen.of_others[whose] = seen.of_others.get(whose, 0) + 1
        else:
            in_file.setdefault(table, []).append(cells)
    for table, sent in in_file.items():
        seen.faults += _named_twice(table, sent)
        _compare(table, sent, list(list_rows(table).filter(owner=owner)), seen)
    return seen


def _compare(table: str, sent: list[Mapping[str, str]], standing: list[Row], seen: Preview) -> None:
    described, left = TABLES[table], {row.pk: row for row in standing}
    by_name = {row.name: row for row in standing if row.name}
    alike: dict[tuple[tuple[str, str], ...], list[Row]] = {}
    for each in standing:
        alike.setdefault(tuple(sorted(each.cells.items())), []).append(each)
    for cells in sent:
        name = name_of(described, cells)
        row: Row | None
        if described.key:
            row = by_name.pop(name) if name in by_name else None
        elif table in DOCUMENTS:
            row = next(iter(left.values()), None)
        else:
            same = alike.get(tuple(sorted(cells.items())))
            row = same.pop() if same else None
        if row is None:
            seen.added.append(Proposed(table, name, None, cells))
            continue
        del left[row.pk]
        if row.cells == dict(cells):
            seen.unchanged += 1
        else:
            seen.changed.append(Proposed(table, name, row, cells))
    seen.absent += [Proposed(table, row.name, row, {}) for row in left.values()]


def _named_twice(table: str, sent: list[Mapping[str, str]]) -> Iterator[Fault]:
    """Faults of rows that have one name in one file: only one of them could be kept."""
    described = TABLES[table]
    counts = Counter(name_of(described, cells) for cells in sent)
    for name, count in counts.items():
        if name and count > 1:
            rule = f'has {count} rows "{name}".'
            yield Fault(described.file, 0, described.key[0], rule, "Keep one of them, or name the others otherwise.")


def _files(name: str, content: bytes) -> dict[str, bytes]:
    """Files of a scenario folder in a workbook, an archive, or one table.

    Raises
    ------
    TablesRefused
        When it is none of these.
    """
    suffix = PurePosixPath(name.lower()).suffix
    if suffix == ".xlsx":
        from muster.exchange import xlsx  # noqa: PLC0415 - slow to import; pages start at once

        return xlsx.decode(content, name=name)
    if suffix == ".zip":
        return _unpacked(name, content)
    return _table_alone(name, content)


def _table_alone(name: str, content: bytes) -> dict[str, bytes]:
    base = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"[ (_-]+\d*\)?$", "", PurePosixPath(base).stem)
    file = base if base in FILES else f"{stem}.csv"
    if file not in FILES:
        remedy = f"Call it like the table, one of: {', '.join(FILES)}; or send a workbook or a zip of the folder."
        raise TablesRefused([Fault(base, 0, "", "is no table of a scenario.", remedy)])
    return {file: content}


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    remedy = "Send the scenario folder as one zip, or a workbook."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [info for info in archive.infolist() if PurePosixPath(info.filename).name in FILES]
            if sum(info.file_size for info in inside) > LARGEST:
                raise TablesRefused([Fault(name, 0, "", f"unpacks to more than {LARGEST} bytes.", remedy)])
            return {PurePosixPath(info.filename).name: archive.read(info) for info in inside}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise TablesRefused([Fault(name, 0, "", f"cannot be unpacked: {error}.", remedy)]) from error


def _rows(files: Mapping[str, bytes], faults: list[Fault]) -> Iterator[tuple[str, dict[str, str]]]:
    """Filled cells of each row of each file; what is wrong goes to ``faults``."""
    for name, file in DOCUMENTS.items():
        if file in files and (text := decode_text(file, files[file], faults)) is not None:
            yield name, {CONTENT: _settings(text, faults) if name == "settings" else text.strip()}
    for table in TABLES.values():
        if table.name in DOCUMENTS or table.file not in files:
            continue
        for read in read_table(table, _as_in_a_folder(files[table.file]), faults).records:
            yield table.name, {name: _unguarded(text) for name, text in read.cells.items() if name != LABEL_COLUMN}


def _settings(text: str, faults: list[Fault]) -> str:
    """Settings as a folder has them, whatever wrote them."""
    before = len(faults)
    settings = read_settings(text, faults)
    return write_settings(settings).decode().strip() if len(faults) == before else text.strip()


def _as_in_a_folder(document: bytes) -> bytes:
    """A table without what its export added: the marking above it, and whose each row is."""
    if not document.removeprefix(_MARK).lstrip(b'"').startswith(b"#"):
        return document
    lines = list(csv.reader(io.StringIO(document.decode("utf-8-sig", "replace"), newline="")))
    kept = [number for number, name in enumerate(lines[1] if len(lines) > 1 else []) if name != "owner"]
    rows = [[line[number] for number in kept if number < len(line)] for line in lines[1:]]
    return b"\n" + write_table(rows[0] if rows else [], rows[1:])


def _unguarded(text: str) -> str:
    """A cell without the sign that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if _GUARD.match(text) else text


def _open(kept: uuid.UUID, by: Account) -> Import:
    found = Import.objects.select_for_update().get(pk=kept)
    if found.owner != owner_for(by):
        raise RowRefused(_("Only %(owner)s answers this import.") % {"owner": found.owner})
    if found.ended_at is not None:
        raise RowRefused(_('"%(file)s" was answered already; send it again.') % {"file": found.file_name})
    return found


def _wait_for(proposed: list[Proposed]) -> None:
    """Lock what is changed before anything is written: whoever has a row now is waited for, and waits for nobody."""
    rows = [each.row.pk for each in proposed if each.row is not None]
    list(Row.objects.select_for_update().filter(pk__in=rows).order_by("pk").values_list("pk"))


def _ended(kept: Import, changed: int, verb: Verb, by: Account, at: datetime) -> Import:
    kept.ended_at, kept.changed, kept.content = at, changed, b""
    kept.save(force_update=True)
    record(by=by, verb=verb, about=kept, changes=[Change("changed", None, changed, 1)], at=at)
    return kept
