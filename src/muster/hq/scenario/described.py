"""What the descriptions of tables say to people: it comes from the folder format in English, and is translated here."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext

from muster.hq.scenario.tables import NATIONAL, TABLES

WORKED_IN: Final = NATIONAL | {"requirements"}
"""Tables that nations work in: their columns are translated; those of the headquarters alone stay English."""


def title_of(column: str) -> str:
    """What a column or a table is called on a page.

    Examples
    --------
    >>> title_of("notice_days")
    'Notice days'
    """
    return gettext(_title(column))


def told(meaning: str) -> str:
    """A description in the language of the reader, without the marks by which documentation sets words apart.

    Examples
    --------
    >>> told("nation that offers")
    'Nation that offers'
    """
    return gettext(_sentence(meaning))


def empty_told(empty: str) -> str:
    """What an empty cell stands for, to go on within a sentence."""
    return gettext(_bare(empty))


def list_described() -> Iterator[tuple[str, str]]:
    """Table and text of each message that a description gives: names, meanings, units, and what an empty cell means."""
    for name, table in TABLES.items():
        yield name, _title(name)
        yield name, _sentence(table.meaning)
        for column in table.column_of.values() if name in WORKED_IN else ():
            yield name, _title(column.name)
            yield name, _sentence(column.meaning)
            if column.empty:
                yield name, _bare(column.empty)
            if column.unit:
                yield name, column.unit


def _title(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _sentence(text: str) -> str:
    return _bare(text[:1].upper() + text[1:])


def _bare(text: str) -> str:
    return text.replace("`", "")
