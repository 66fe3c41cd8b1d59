"""Who may see what: the labels that things carry, and totals that give no nation's share away."""

from muster.disclosure.aggregates import safe_release
from muster.disclosure.audit import Exposure, audit
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
from muster.disclosure.suppression import EarlierReleasesExpose

__all__ = [
    "EVERY_NATION",
    "NOT_RELEASED",
    "AggregatesRefused",
    "Band",
    "Cell",
    "Contributions",
    "EarlierReleasesExpose",
    "Edition",
    "Exposure",
    "Label",
    "LabelRefused",
    "Marking",
    "PublishedSum",
    "Release",
    "Share",
    "Statement",
    "audit",
    "band_interval",
    "band_of",
    "is_sensitive",
    "safe_release",
    "sums_of_table",
]
