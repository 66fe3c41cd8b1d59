"""Who may see what: the labels that things carry, and totals that give no nation's share away."""

from muster.disclosure.aggregates import safe_release
from muster.disclosure.bands import Band, band_interval, band_of
from muster.disclosure.contributions import (
    AggregatesRefused,
    Cell,
    Contributions,
    PublishedSum,
    Share,
    sums_of_table,
)
from muster.disclosure.exposures import Exposure, list_exposures
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
    "Exposure",
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
    "list_exposures",
    "safe_release",
    "sums_of_table",
]
