"""Nations, what part they have, and the keys by which a burden may be shared between them."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What a nation is to the force."""

    CONTRIBUTOR = "contributor"
    HOST = "host"
    """Receives or carries the force on its soil."""
    OBSERVER = "observer"


class BurdenKey(StrEnum):
    """By what the fair share of a nation is measured."""

    ARMED_FORCES = "armed forces"
    GDP = "gdp"
    OWN = "own"
    """Shares that the scenario states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """A row of the ``nations`` table; ``nation`` is ISO 3166-1 alpha-3.

    Attributes
    ----------
    armed_forces_k
        Thousands of people in its armed forces; None is not known.
    gdp_busd
        Gross domestic product in billions of US dollars; None is not known.
    burden_share
        Its share by the scenario's own key, in any unit; None is not stated.
    """

    nation: str
    name: str
    part: Part
    armed_forces_k: float | None = None
    gdp_busd: float | None = None
    burden_share: float | None = None
    source: str = ""

    def key_value(self, key: BurdenKey) -> float | None:
        """What a key says of it; None where that is not known."""
        values = {
            BurdenKey.ARMED_FORCES: self.armed_forces_k,
            BurdenKey.GDP: self.gdp_busd,
            BurdenKey.OWN: self.burden_share,
        }
        return values[key]
