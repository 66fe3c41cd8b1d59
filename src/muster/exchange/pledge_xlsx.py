"""A pledge as a workbook of four sheets, blank or filled, and back: note, organisation, equipment, self-sustainment.

The sheets follow the four parts in which pledges are registered with the United Nations (guidelines of the Peacekeeping
Capability Readiness System, 2019, annexes A to D); the categories of self-sustainment follow chapter 3 of the manual on
contingent-owned equipment. The note is a form, one field a row, with the nation's caveats in a table below it.

Every sheet is read by the description of its columns; places, unit types and gates that it names are looked up when the
offer goes into a scenario.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from openpyxl.workbook import Workbook

from muster.exchange.scenario import TABLES, CellKind, Column, Fault, Table, TablesRefused
from muster.exchange.scenario.canonical import write_table
from muster.exchange.scenario.reading import TableRows, read_table
from muster.exchange.scenario.register import key_faults
from muster.exchange.workbook import (
    empty_workbook,
    offer_words,
    put,
    put_header,
    read_sheets,
    workbook_bytes,
    write_rows,
)
from muster.forces import Caveat, Offer, Size
from muster.forces.pledges import (
    Establishment,
    MajorEquipment,
    Pledge,
    RankGroup,
    SelfSustainment,
    SustainmentCategory,
)

_CONTACT: Final = Column(
    name="contact_post",
    kind=CellKind.TEXT,
    required=True,
    meaning="post that answers questions about the pledge, never a person's name",
)
_SOURCE: Final = Column(name="source", kind=CellKind.TEXT, default="", meaning="document in which the nation says so")
_REMARK: Final = Column(name="note", kind=CellKind.TEXT, default="", meaning="what a reader should know")


def _size_cm(name: str) -> Column:
    return Column(name=name, kind=CellKind.WHOLE, unit="cm", low=1, high=100_000, meaning="of one item as shipped")


NOTE: Final = Table(
    name="note",
    meaning="What is pledged, when, where and on what terms.",
    columns=(
        *(column for column in TABLES["offers"].columns if column.name != "disputes"), _CONTACT, _SOURCE,
    ),
)  # fmt: skip
CAVEATS: Final = Table(
    name="caveats",
    key=("caveat_id",),
    meaning="Caveats that the nation declares.",
    columns=(*(column for column in TABLES["caveats"].columns if column.name != "nation"), _REMARK, _SOURCE),
)
ORGANISATION: Final = Table(
    name="organisation",
    meaning="Table of organisation of one unit: people by part, role and rank group.",
    columns=(
        Column(name="unit", kind=CellKind.TEXT, required=True, meaning="part of the unit"),
        Column(name="size", kind=CellKind.WORD, words=Size, meaning="its size"),
        Column(name="role", kind=CellKind.TEXT, default="", meaning="what these people do"),
        Column(name="rank_group", kind=CellKind.WORD, words=RankGroup, meaning="their ranks", empty="all ranks"),
        Column(
            name="people", kind=CellKind.WHOLE, unit="people", required=True, low=1, high=20_000, meaning="how many"
        ),
    ),
)
EQUIPMENT: Final = Table(
    name="equipment",
    key=("platform",),
    meaning="Major equipment of one unit.",
    columns=(
        Column(name="platform", kind=CellKind.KEY, required=True, meaning="platform id of Muster, or your own"),
        Column(name="name", kind=CellKind.TEXT, default="", meaning="what people call it"),
        Column(name="quantity", kind=CellKind.WHOLE, unit="items", required=True, low=1, high=20_000, meaning="held"),
        Column(
            name="serviceable", kind=CellKind.WHOLE, unit="items", required=True, high=20_000, meaning="working today"
        ),
        Column(name="mass_kg", kind=CellKind.WHOLE, unit="kg", low=1, high=10**6, meaning="of one item as shipped"),
        _size_cm("length_cm"),
        _size_cm("width_cm"),
        _size_cm("height_cm"),
    ),
)
SUSTAINMENT: Final = Table(
    name="self-sustainment",
    key=("category",),
    meaning="What one unit does for itself, and for how long.",
    columns=(
        Column(
            name="category", kind=CellKind.WORD, words=SustainmentCategory, required=True, meaning="what is provided"
        ),
        Column(name="provided", kind=CellKind.YES_NO, required=True, meaning="whether the unit brings it"),
        Column(
            name="days",
            kind=CellKind.WHOLE,
            unit="days",
            high=1000,
            meaning="days for which its stocks last",
            empty="not provided, or nothing is used up",
        ),
    ),
)
SHEETS: Final = (NOTE, ORGANISATION, EQUIPMENT, SUSTAINMENT)
"""The four parts, in order."""
_FORM: Final = {"field": "", "value": "", "meaning": ""}
Part = TypeVar("Part")


def blank() -> bytes:
    """Workbook for a nation to fill in: every field with its meaning, every category of self-sustainment in a row."""
    return workbook_bytes(_workbook({}, [], [], [], [[category] for category in SustainmentCategory]))


def encode(pledge: Pledge) -> bytes:
    """Workbook of a pledge."""
    note = _cells(NOTE, {**_values(pledge.offer), "contact_post": pledge.contact_post})
    tables = (
        (CAVEATS, pledge.caveats), (ORGANISATION, pledge.organisation), (EQUIPMENT, pledge.equipment),
        (SUSTAINMENT, pledge.sustainment),
    )  # fmt: skip
    rows = [[list(cells_of(table, row).values()) for row in part] for table, part in tables]
    return workbook_bytes(_workbook(note, *rows))


def decode(document: bytes, *, name: str = "pledge") -> Pledge:
    """Pledge of a workbook.

    Parameters
    ----------
    name
        What the workbook is called, for faults.

    Raises
    ------
    TablesRefused
        When anything is wrong, with every fault found: each names workbook and sheet, row, column, rule and remedy.
    """
    faults: list[Fault] = []
    sheets = read_sheets(document, name)
    faults += _strange_sheets(sheets, name)
    note, caveats = _read_note(sheets.get(NOTE.name, []), name, faults)
    organisation, equipment, sustainment = (
        _read(table, sheets.get(table.name, []), name, faults) for table in SHEETS[1:]
    )
    faults += _organisation_adds_up(note, organisation, name)
    faults += _serviceable_are_held(equipment, name)
    faults += _days_are_of_what_is_provided(sustainment, name)
    if faults:
        raise TablesRefused(faults)
    values = note.records[0].values
    nation = {"nation": values["nation"]}
    return Pledge(
        offer=_value(Offer, values),
        contact_post=values["contact_post"],
        caveats=tuple(_value(Caveat, row.values | nation) for row in caveats.records),
        organisation=tuple(_value(Establishment, row.values) for row in organisation.records),
        equipment=tuple(_value(MajorEquipment, row.values) for row in equipment.records),
        sustainment=tuple(_value(SelfSustainment, row.values) for row in sustainment.records),
    )


def cells_of(table: Table, row: object) -> dict[str, str]:
    """Cells of a row whose columns are the attributes of a value, by column; those of empty ones are empty."""
    return _cells(table, _values(row))


def sheet_of(name: str, sheet: str) -> str:
    """How faults name a sheet of a workbook."""
    return f"{name}, sheet {sheet}"


def _workbook(
    note: Mapping[str, str],
    caveats: Sequence[Sequence[str]],
    organisation: Sequence[Sequence[str]],
    equipment: Sequence[Sequence[str]],
    sustainment: Sequence[Sequence[str]],
) -> Workbook:
    book = empty_workbook()
    sheet = book.create_sheet(NOTE.name)
    below = len(NOTE.columns) + 3
    write_rows(sheet, CAVEATS.columns, _filled(CAVEATS, caveats), below)
    put_header(sheet, 1, _FORM)
    for row, column in enumerate(NOTE.columns, start=2):
        put(sheet, row, [column.name, note.get(column.name, ""), _meaning(column)])
        if column.words and not column.is_list:
            offer_words(sheet, column, "B", row, row)
    sheet.column_dimensions["B"].width = 40
    for table, rows in ((ORGANISATION, organisation), (EQUIPMENT, equipment), (SUSTAINMENT, sustainment)):
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        write_rows(sheet, table.columns, _filled(table, rows))
    return book


def _filled(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Rows with a cell for every column."""
    for row in rows:
        yield [*row, *[""] * (len(table.columns) - len(row))]


def _meaning(column: Column) -> str:
    """What a field says, whether it must be filled, and in which form."""
    words = f"; one of: {', '.join(map(str, column.words))}" if column.words else ""
    needed = "; required" if column.required else ""
    many = "; several with semicolons" if column.is_list else ""
    return f"{column.meaning}{words}{many}{needed}"


def _values(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}


def _cells(table: Table, values: Mapping[str, Any]) -> dict[str, str]:
    """Cells of a row, by column."""
    return {column.name: _text(values.get(column.name)) for column in table.columns}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _value(kind: type[Part], values: Mapping[str, Any]) -> Part:
    """Row as a value of the forces room; what its sheet does not have keeps its default."""
    assert dataclasses.is_dataclass(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return kind(**{name: values[name] for name in names if name in values})


def _strange_sheets(sheets: Mapping[str, Sequence[Sequence[str]]], name: str) -> Iterator[Fault]:
    known = [table.name for table in SHEETS]
    for missing in (sheet for sheet in known if sheet not in sheets):
        yield Fault(sheet_of(name, missing), 0, "", "is missing.", "Begin with the blank pledge, which has all four.")
    for title, rows in sheets.items():
        if title not in known and any(any(row) for row in rows):
            remedy = f"Call it one of: {', '.join(known)}; or take it out."
            yield Fault(sheet_of(name, title), 0, "", "is no part of a pledge.", remedy)


def _read(table: Table, rows: Sequence[Sequence[str]], name: str, faults: list[Fault], first_row: int = 1) -> TableRows:
    """Rows of a table that begins in a row of its sheet; what is wrong goes to ``faults`` with the row there."""
    found: list[Fault] = []
    sheet = NOTE.name if table is CAVEATS else table.name
    read = read_table(table, write_table(rows[0], rows[1:]), found) if rows else TableRows(table)
    for record in read.records:
        record.cases = 1
    found += key_faults(read)
    faults += [
        replace(fault, file=sheet_of(name, sheet), row=fault.row + first_row - 1 if fault.row else 0) for fault in found
    ]
    return read


def _read_note(rows: Sequence[Sequence[str]], name: str, faults: list[Fault]) -> tuple[TableRows, TableRows]:
    """The form as a table of one row, and the caveats below it."""
    if not rows:
        return TableRows(NOTE), TableRows(CAVEATS)
    wide = [[*row, "", ""] for row in rows]
    starts = [number for number, row in enumerate(wide) if row[0].strip() == CAVEATS.key[0]]
    below = starts[0] if starts else len(wide)
    fields = {row[0].strip(): (number, row[1]) for number, row in enumerate(wide[1:below], start=2) if row[0].strip()}
    found: list[Fault] = []
    form = read_table(NOTE, write_table(list(fields), [[text for _, text in fields.values()]]), found)
    if not form.records and not found:
        found.append(Fault("", 0, "", "no field has a value.", "Fill the fields that are marked as required."))
    for fault in found:
        row = fields[fault.column][0] if fault.column in fields else 0
        faults.append(replace(fault, file=sheet_of(name, NOTE.name), row=row))
    faults += _repeated_fields(wide[1:below], name)
    width = max((number for row in wide[below:] for number, text in enumerate(row, start=1) if text), default=0)
    return form, _read(CAVEATS, [row[:width] for row in wide[below:]], name, faults, below + 1)


def _repeated_fields(form: Sequence[Sequence[str]], name: str) -> Iterator[Fault]:
    """Fields of the form that stand in several rows."""
    seen: set[str] = set()
    for row, (field, *_) in enumerate(form, start=2):
        if field in seen:
            yield Fault(sheet_of(name, NOTE.name), row, field, "the field stands twice.", "Keep one of the two.")
        seen |= {field} - {""}


def _organisation_adds_up(note: TableRows, organisation: TableRows, name: str) -> Iterator[Fault]:
    """The table of organisation has the people of one unit, as the note says."""
    people = [row.values.get("people") for row in organisation.records]
    said = note.records[0].values.get("people") if note.records else None
    known = [number for number in people if number is not None]
    if said is not None and people and len(known) == len(people) and sum(known) != said:
        rule = f"its people add up to {sum(known)}, while the note says {said} for one unit."
        yield Fault(sheet_of(name, ORGANISATION.name), 0, "people", rule, "Correct the one or the other.")


def _serviceable_are_held(equipment: TableRows, name: str) -> Iterator[Fault]:
    """No more items are serviceable than are held."""
    for row in equipment.records:
        held, working = row.values.get("quantity"), row.values.get("serviceable")
        if held is not None and working is not None and working > held:
            rule = f"{working} are serviceable of {held} that are held."
            yield Fault(sheet_of(name, EQUIPMENT.name), row.number, "serviceable", rule, "Correct one of the two.")


def _days_are_of_what_is_provided(sustainment: TableRows, name: str) -> Iterator[Fault]:
    """Days are given only of what the unit provides."""
    for row in sustainment.records:
        if row.values.get("provided") is False and row.values.get("days") is not None:
            rule = "it is not provided, and yet has days."
            yield Fault(sheet_of(name, SUSTAINMENT.name), row.number, "days", rule, "Write yes, or leave days empty.")
