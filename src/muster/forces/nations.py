"""Nations and what part they have."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What a nation is to the force."""

    CONTRIBUTOR = "contributor"
    HOST = "host"
    """Receives or carries the force on its soil."""
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """A row of the ``nations`` table; ``nation`` is ISO 3166-1 alpha-3."""

    nation: str
    name: str
    part: Part
    source: str = ""
