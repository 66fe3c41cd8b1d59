"""What holds a text: the boundary leaves only what the viewer may see, so nothing else is found or counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext

from muster.disclosure.labels import Label
from muster.hq.people.queries import bits
from muster.hq.records.documents.models import Document
from muster.hq.records.documents.queries import DocumentFilter, list_documents, with_newest
from muster.hq.records.queries import told_events, visible_events
from muster.hq.scenario.described import title_of
from muster.hq.scenario.models import Row
from muster.hq.scenario.queries import list_versions, standing_rows
from muster.hq.scenario.tables import TABLES

SHOWN: Final = 10
"""Things of each group that are shown; all are counted."""
SHORTEST: Final = 2
"""Signs without which nothing is looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes
    ----------
    kind
        ``row``, ``version`` or ``document``.
    object_id
        None where there is no page of it that the viewer may see.
    what
        What it is called.
    where
        The text around what was looked for.
    """

    kind: str
    object_id: UUID | None
    what: str
    where: str
    label: Label


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one table, versions, documents, or records.

    Attributes
    ----------
    count
        How many there are; ``hits`` are the first of them.
    """

    name: str
    title: str
    count: int
    hits: tuple[Hit, ...]


def search(text: str) -> tuple[Group, ...]:
    """Everything that holds a text: tables in their order, then versions, documents and records."""
    if len(text) < SHORTEST:
        return ()
    labels = bits()
    groups = [*_tables(text, labels), _versions(text, labels), _documents(text, labels), _records(text, labels)]
    return tuple(group for group in groups if group.count)


def _tables(text: str, labels: dict[str, int]) -> Iterable[Group]:
    order = [F(name).asc() for name in ("position", "owner", "name", "pk")]
    found = (
        standing_rows()
        .filter(words__icontains=text)
        .annotate(rank=Window(RowNumber(), partition_by=F("table"), order_by=order))
        .annotate(count=Window(Count("pk"), partition_by=F("table")))
        .filter(rank__lte=SHOWN)
    )
    of_table: dict[str, list[Row]] = {}
    counts: dict[str, int] = {}
    for row in found:
        of_table.setdefault(row.table, []).append(row)
        counts[row.table] = row.count
    for table in TABLES:
        hits = tuple(
            Hit("row", row.pk, row.name or str(row.position), around(row.words, text), row.label(labels))
            for row in of_table.get(table, ())
        )
        yield Group(table, title_of(table), counts.get(table, 0), hits)


def _versions(text: str, labels: dict[str, int]) -> Group:
    found = list(list_versions().filter(title__icontains=text))
    hits = tuple(Hit("version", each.pk, str(each), each.made_by, each.label(labels)) for each in found[:SHOWN])
    return Group("versions", title_of("versions"), len(found), hits)


def _documents(text: str, labels: dict[str, int]) -> Group:
    found = list_documents(DocumentFilter(text=text, with_withdrawn=True))
    hits = tuple(
        Hit("document", document.pk, str(document), f"{document.get_kind_display()}, {file}", document.label(labels))
        for document, file in with_newest(found[:SHOWN])
    )
    return Group("documents", gettext("Documents"), found.count(), hits)


def _records(text: str, labels: dict[str, int]) -> Group:
    holds = Q(body__content__icontains=text) | Q(actor__icontains=text) | Q(verb__icontains=text.replace(" ", "_"))
    found = visible_events().filter(holds)
    count, shown = found.count(), list(found[:SHOWN])
    kinds = _kinds_of({event.object_id for event in shown})
    hits = tuple(
        Hit(
            kinds.get(event.object_id, "row"),
            event.object_id if event.object_id in kinds else None,
            f"{told.place} {told.verb}",
            f"{told.actor}, {told.at:%Y-%m-%d %H:%M}Z",
            event.label(labels),
        )
        for event, told in zip(shown, told_events(shown), strict=True)
    )
    return Group("records", title_of("records"), count, hits)


def _kinds_of(objects: set[UUID]) -> dict[UUID, str]:
    """Whether each object is a row or a document; what has no page that the viewer may see is left out."""
    models: tuple[tuple[str, type[Row | Document]], ...] = (("row", Row), ("document", Document))
    return {
        pk: kind for kind, model in models for pk in model.objects.filter(pk__in=objects).values_list("pk", flat=True)
    }  # fmt: skip


def around(words: str, text: str) -> str:
    r"""The line of a row in which a text stands, cut short.

    Examples
    --------
    >>> around("FRA-1\nA company of engineers\nC+30", "engineer")
    'A company of engineers'
    """
    line = next((line for line in words.splitlines() if text.lower() in line.lower()), "")
    at = line.lower().find(text.lower())
    start = max(0, at - 60)
    return line[start : start + 160]
