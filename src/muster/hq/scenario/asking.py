"""What pages and programs ask for, by the same words: a table, a row, a version, and what a list is narrowed to."""

import uuid
from collections.abc import Mapping
from typing import Final

from django.http import Http404
from django.shortcuts import get_object_or_404

from muster.exchange.scenario import Table
from muster.hq.scenario.models import Row, Version
from muster.hq.scenario.queries import RowFilter
from muster.hq.scenario.tables import TABLES

_NOT_COLUMNS: Final = frozenset({"text", "owner", "page"})


def described_table(name: str) -> Table:
    """A table of the scenario; another name is a page that does not exist."""
    if name not in TABLES:
        raise Http404
    return TABLES[name]


def seen_row(row: uuid.UUID) -> Row:
    """A row that the viewer may see; one that they may not see does not exist for them."""
    return get_object_or_404(Row, pk=row)


def seen_version(version: uuid.UUID) -> Version:
    """A version that the viewer may see; one that they may not see does not exist for them."""
    return get_object_or_404(Version, pk=version)


def narrowed_by(asked: Mapping[str, str]) -> RowFilter:
    """What a list is narrowed to: ``text``, ``owner``, and the word of each column that is named."""
    said = {name: text.strip() for name, text in asked.items()}
    words = {name: word for name, word in said.items() if name not in _NOT_COLUMNS}
    return RowFilter(said.get("text", ""), said.get("owner", ""), words)
