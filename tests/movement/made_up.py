"""Made-up factors and places, for tests that need a few exact numbers rather than the tables."""

from collections.abc import Mapping
from typing import Any

from muster.movement.preparation.adoption import Adoption
from muster.reference import Factor, Grade, Place, PlaceKind, Provenance

KNOWN = Provenance(source="a handbook", grade=Grade.A)


def factor(factor_id: str, value: float, **about: Any) -> Factor:
    """A factor with a well-supported value, unless said otherwise."""
    given: dict[str, Any] = {
        "domain": factor_id.partition(".")[0], "name": f"about {factor_id}", "low": None, "likely": None, "high": None,
        "unit": "units", "provenance": KNOWN,
    } | about  # fmt: skip
    return Factor(factor_id=factor_id, value=value, **given)


def adopting(numbers: Mapping[str, float]) -> Adoption:
    """An adoption of well-supported factors."""
    return Adoption({name: factor(name, value) for name, value in numbers.items()})


def place(place_id: str, *kinds: PlaceKind, country: str = "POL", **about: Any) -> Place:
    """A place in the middle of nowhere."""
    return Place(
        place_id=place_id, name=place_id.title(), country=country, latitude_deg=50.0, longitude_deg=20.0,
        kinds=frozenset(kinds), **about,
    )  # fmt: skip
