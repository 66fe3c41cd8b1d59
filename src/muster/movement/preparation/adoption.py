"""Factors and defaults as a plan adopts them: every assumed or disputed value that is used is written down once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from muster.movement.problem import Assumption, DisputedFact
from muster.reference import Factor, Grade, Provenance

_UNSURE = frozenset({Grade.K, Grade.ASSUMED})


@dataclass(slots=True)
class Adoption:
    """Hands out factors and remembers which assumed and disputed ones were used.

    Attributes
    ----------
    factors
        Packaged factors with the scenario's own laid over them.
    adopted
        Ids that the scenario's own table adopts.
    """

    factors: Mapping[str, Factor]
    adopted: frozenset[str] = frozenset()
    assumptions: dict[str, Assumption] = field(default_factory=dict)
    disputes: dict[str, DisputedFact] = field(default_factory=dict)

    def number(self, factor_id: str) -> float:
        """Value of a factor, noted where it is assumed or disputed."""
        factor = self.factors[factor_id]
        value = factor.planned
        if factor.provenance.grade in _UNSURE:
            by_scenario = "adopted by the scenario" if factor_id in self.adopted else "packaged default"
            self._assume(factor_id, value, factor.unit, factor.low, factor.high, f"{factor.name}; {by_scenario}")
        if factor.disputed:
            self._dispute(factor_id, value, factor.unit, factor.low, factor.high, factor.provenance)
        return value

    def keep(self, factor_id: str) -> None:
        """Write a factor down that the plan does not use, for what is asked of the plan later; whatever its grade."""
        factor = self.factors[factor_id]
        why = f"{factor.name}; adopted by the scenario"
        self._assume(factor_id, factor.planned, factor.unit, factor.low, factor.high, why)

    def whole(self, factor_id: str) -> int:
        """Value of a factor as a whole number."""
        return round(self.number(factor_id))

    def note(self, subject: str, value: object, unit: str, provenance: Provenance | None) -> None:
        """Note a value that a table gives, where its grade is unsure or its sources differ."""
        if provenance is None:
            return
        if provenance.grade in _UNSURE:
            self._assume(subject, value, unit, provenance.low, provenance.high, provenance.note)
        if provenance.disputed:
            self._dispute(subject, value, unit, provenance.low, provenance.high, provenance)

    def default(self, subject: str, factor_id: str) -> int:
        """Take a factor for a value that no table gives, noted under its own subject."""
        factor = self.factors[factor_id]
        self._assume(subject, factor.planned, factor.unit, factor.low, factor.high, f"not known; {factor_id}")
        return round(factor.planned)

    def ignored(self, subject: str, value: str, why: str) -> None:
        """Note something that the scenario asks for and the plan cannot keep."""
        self.assumptions[subject] = Assumption(subject=subject, value=value, unit="", why=f"not kept: {why}")

    def _assume(self, subject: str, value: object, unit: str, low: float | None, high: float | None, why: str) -> None:
        self.assumptions[subject] = Assumption(
            subject=subject, value=_text(value), unit=unit, low=_text(low), high=_text(high), why=why
        )

    def _dispute(
        self, subject: str, value: object, unit: str, low: float | None, high: float | None, where: Provenance
    ) -> None:
        self.disputes[subject] = DisputedFact(
            subject=subject, used=_text(value), unit=unit, others=f"{_text(low)} to {_text(high)}", sources=where.source
        )


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
