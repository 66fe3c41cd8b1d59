"""What programs send and are given about the scenario."""

import uuid
from datetime import datetime

from ninja import Schema
from pydantic import Field

from muster.disclosure.labels import Label
from muster.exchange.scenario import Column, Table
from muster.exchange.scenario.cells import words_of
from muster.hq.people.models import Account
from muster.hq.scenario.described import title_of
from muster.hq.scenario.forms import LABEL_COLUMN
from muster.hq.scenario.models import Row, Version
from muster.hq.scenario.rules import may_enter
from muster.hq.shapes import LabelOut
from muster.hq.wrong import Wrong

_LARGEST_VERSION = 10**9


class ColumnOut(Schema):
    """A column: how its cells are read, and what they say."""

    name: str
    kind: str = Field(description="How the text of a cell is read.")
    meaning: str
    unit: str = Field(description="Unit of the number; empty where there is none.")
    required: bool
    is_list: bool = Field(description="Whether a cell holds several values, parted by semicolons.")
    default: str | None = Field(description="What an empty cell stands for; null is unknown or absent.")
    empty: str = Field(description="What an empty cell means, where that is not its default.")
    least: float | None = Field(description="Smallest number; null for what is no number.")
    most: float | None = Field(description="Largest number; null for what is no number.")
    words: list[str] = Field(description="Words that are allowed; empty where any text is.")
    refers_to: str | None = Field(description="Table in which the value must be known.")

    @classmethod
    def of(cls, column: Column) -> "ColumnOut":
        """A column of the description of tables."""
        is_number = column.kind.value in {"whole number", "number"}
        return cls(
            name=column.name,
            kind=column.kind.value,
            meaning=column.meaning,
            unit=column.unit,
            required=column.required,
            is_list=column.is_list,
            default=column.default,
            empty=column.empty,
            least=column.low if is_number else None,
            most=column.high if is_number else None,
            words=list(words_of(column)),
            refers_to=None if column.refers_to is None else column.refers_to.value,
        )


class TableOut(Schema):
    """A table of the scenario."""

    name: str
    title: str
    meaning: str
    key: list[str] = Field(description="Columns that tell rows of one owner apart.")
    rows: int = Field(description="Rows that you may see.")
    may_enter: bool = Field(description="Whether you may enter rows.")
    columns: list[ColumnOut]

    @classmethod
    def of(cls, table: Table, rows: int, account: Account) -> "TableOut":
        """A table as an account meets it."""
        columns = [column for name, column in table.column_of.items() if name != LABEL_COLUMN]
        return cls(
            name=table.name,
            title=title_of(table.name),
            meaning=table.meaning,
            key=list(table.key),
            rows=rows,
            may_enter=may_enter(account, table.name),
            columns=[ColumnOut.of(column) for column in columns],
        )


class RowOut(Schema):
    """A row: its filled cells as text, and who may see it."""

    id: uuid.UUID
    table: str
    name: str = Field(description="What tells it from the other rows of its owner.")
    owner: str
    cells: dict[str, str]
    label: LabelOut
    version: int = Field(description="Counts changes; send it with the next one.")
    changed_at: datetime
    removed_at: datetime | None

    @classmethod
    def of(cls, row: Row, bits: dict[str, int]) -> "RowOut":
        """A row with its label."""
        return cls(
            id=row.pk,
            table=row.table,
            name=row.name,
            owner=row.owner,
            cells=row.cells,
            label=LabelOut.of(row.label(bits)),
            version=row.version,
            changed_at=row.changed_at,
            removed_at=row.removed_at,
        )


class RowsOut(Schema):
    """A page of a list, and the marking of everything on it."""

    rows: list[RowOut]
    count: int = Field(description="Rows on all pages.")
    page: int
    pages: int
    marking: str


class CellsIn(Schema):
    """Cells of a new row as text, by column."""

    cells: dict[str, str]


class ChangeIn(CellsIn):
    """All cells that a row is to have, and the version that you had before you."""

    version: int = Field(ge=1, le=_LARGEST_VERSION)


class VersionIn(Schema):
    """The version of a row that you had before you."""

    version: int = Field(ge=1, le=_LARGEST_VERSION)


class ReleaseIn(VersionIn):
    """Who is to see a row beside its owner and the headquarters: nations by their codes, or ALL alone."""

    marking: str
    releasable_to: list[str]


class Conflict(Wrong):
    """Somebody else saved the row first: the row as it is now."""

    row: RowOut


class VersionOut(Schema):
    """The scenario as somebody saw it at a moment."""

    id: uuid.UUID
    number: int
    title: str
    owner: str
    made_by: str
    made_at: datetime
    rows: int
    fingerprint: str = Field(description="SHA-256 over its files; equal where nothing differs.")
    label: LabelOut

    @classmethod
    def of(cls, version: Version, label: Label) -> "VersionOut":
        """A version with its label."""
        return cls(
            id=version.pk,
            number=version.number,
            title=version.title,
            owner=version.owner,
            made_by=version.made_by,
            made_at=version.made_at,
            rows=version.rows,
            fingerprint=version.fingerprint,
            label=LabelOut.of(label),
        )


class TitleIn(Schema):
    """What a version is."""

    title: str = Field(max_length=160, pattern=r"^[^\x00]*$")
