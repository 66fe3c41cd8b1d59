"""Reads of the scenario: the boundary leaves only what the viewer may see, whatever is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Max, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from muster.exchange.scenario import CellKind, Column, Table
from muster.hq.scenario.models import Row, Version
from muster.hq.scenario.tables import LINE, TABLES


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What a list is narrowed to; what is empty does not narrow it.

    Attributes
    ----------
    words
        Word that a column must hold, by column; other columns than those with a list of words are left out.
    """

    text: str = ""
    owner: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def standing_rows() -> QuerySet[Row]:
    """Rows that were not removed."""
    return Row.objects.filter(removed_at__isnull=True)


def list_rows(table: str, narrowed: RowFilter = RowFilter()) -> QuerySet[Row]:
    """Rows of a table that the viewer may see."""
    found = standing_rows().filter(table=table)
    if narrowed.text:
        found = found.filter(GreaterThan(StrIndex("words", Value(narrowed.text.casefold())), 0))
    if narrowed.owner:
        found = found.filter(owner=narrowed.owner)
    known = {column.name for column in word_columns(TABLES[table])}
    for column, word in narrowed.words.items():
        if column in known and word:
            found = found.filter(**{f"cells__{column}": word})
    return found


def word_columns(table: Table) -> list[Column]:
    """Columns by whose words a list is narrowed."""
    return [column for column in table.columns if column.kind is CellKind.WORD and not column.is_list]


def count_rows() -> dict[str, int]:
    """Rows that the viewer may see, by table."""
    return dict(standing_rows().order_by().values("table").annotate(rows=Count("pk")).values_list("table", "rows"))


def line_owners() -> dict[str, str]:
    """Owner of each line that the viewer may see, by its number."""
    return dict(list_rows("lines").order_by().values_list(f"cells__{LINE}", "owner"))


def known_names(table: str) -> list[str]:
    """What the first column of the key says in the rows of a table that the viewer may see, each once."""
    column = TABLES[table].key[0]
    return sorted({str(name) for name in list_rows(table).order_by().values_list(f"cells__{column}", flat=True)})


def next_position(table: str) -> int:
    """Place after all rows of a table that the viewer may see."""
    last: int | None = Row.objects.filter(table=table).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def list_versions() -> QuerySet[Version]:
    """Versions that the viewer may see, the last first, without their files."""
    return Version.objects.defer("files")
