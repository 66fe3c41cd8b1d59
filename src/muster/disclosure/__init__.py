"""Who may see what: the labels that things carry, and totals that give no nation's share away.

Values are here; what works with a solver, ``aggregates.safe_release`` and ``exposures.list_exposures``, is imported
from its file, so that whoever reads a label or a release loads none.
"""

from muster.disclosure.bands import Band, band_interval, band_of
from muster.disclosure.contributions import (
    AggregatesRefused,
    Cell,
    Contributions,
    PublishedSum,
    Share,
    sums_of_table,
)
from muster.disclosure.labels import EVERY_NATION, Label, LabelRefused, Marking
from muster.disclosure.release import NOT_RELEASED, Edition, Release, Statement
from muster.disclosure.sensitivity import is_sensitive

__all__ = [
    "EVERY_NATION",
    "NOT_RELEASED",
    "AggregatesRefused",
    "Band",
    "Cell",
    "Contributions",
    "Edition",
    "Label",
    "LabelRefused",
    "Marking",
    "PublishedSum",
    "Release",
    "Share",
    "Statement",
    "band_interval",
    "band_of",
    "is_sensitive",
    "sums_of_table",
]
