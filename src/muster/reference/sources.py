"""The register of sources: who published what, where and when, and how far it is trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from muster.reference.tables import DATA, Faults, read_rows

_COLUMNS = ("key", "publisher", "title", "url", "date", "confidence")


class Confidence(StrEnum):
    """How far a source is trusted."""

    H = "H"
    """Official text, or two or more independent publishers agree."""
    M = "M"
    """One reputable publisher."""
    L = "L"
    """An aggregator, a single leak, or unconfirmed knowledge of our own; never shown without a warning."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    Attributes
    ----------
    key
        Short name by which values cite it.
    publisher
        The original publisher, never a mirror.
    title
        Title, or what the page says.
    url
        Address of the publisher's page, None where only print or a relay was seen.
    date
        Date of publication as far as known, ISO form, ``~`` in front when inferred; None when unknown.
    confidence
        How far it is trusted.
    """

    key: str
    publisher: str
    title: str
    url: str | None
    date: str | None
    confidence: Confidence


def load_sources(folder: Path = DATA) -> Mapping[str, Source]:
    """All sources by key.

    Raises
    ------
    ReferenceRefused
        When the table has faults; all are named.
    """
    return _load(folder)


@cache
def _load(folder: Path) -> Mapping[str, Source]:
    faults = Faults()
    sources: dict[str, Source] = {}
    for row in read_rows(folder, "sources.csv", _COLUMNS, faults):
        key = row.unique("key", sources)
        url = row.find_text("url")
        if url is not None and not url.startswith(("https://", "http://")):
            row.fault("url", f'"{url}" is not a web address.', "Start it with https:// or leave it empty.")
        confidence = row.word("confidence", Confidence) or Confidence.L
        title, publisher = row.text("title"), row.text("publisher")
        sources[key] = Source(key, publisher, title, url, row.find_text("date"), confidence)
    faults.refuse()
    return MappingProxyType(sources)
