"""Places, platforms, unit types and planning factors, each value with its unit, source and grade."""

from muster.reference.factors import Factor, UnknownFactor, get_factor, load_factors
from muster.reference.places import Place, PlaceKind, load_places
from muster.reference.platforms import Platform, PlatformKind, load_platforms
from muster.reference.provenance import Grade, Provenance
from muster.reference.sources import Confidence, Source, load_sources
from muster.reference.tables import Fault, ReferenceRefused
from muster.reference.unit_symbols import UnitSize, UnitSymbol, load_unit_symbols
from muster.reference.unit_types import UnitType, load_unit_types

__all__ = [
    "Confidence",
    "Factor",
    "Fault",
    "Grade",
    "Place",
    "PlaceKind",
    "Platform",
    "PlatformKind",
    "Provenance",
    "ReferenceRefused",
    "Source",
    "UnitSize",
    "UnitSymbol",
    "UnitType",
    "UnknownFactor",
    "get_factor",
    "load_factors",
    "load_places",
    "load_platforms",
    "load_sources",
    "load_unit_symbols",
    "load_unit_types",
]
