"""The risk of the closure date as ``risk.json``: every figure, and what it was drawn from with its source."""

from dataclasses import asdict
from math import isinf
from typing import Any, Final

import msgspec

from muster.movement.risk.hazards import HazardFigure
from muster.movement.risk.result import RiskResult
from muster.reference import load_sources

FILE: Final = "risk.json"


def encode_risk(result: RiskResult) -> bytes:
    """A result as JSON; null stands for never."""
    return msgspec.json.format(msgspec.json.encode(risk_document(result)), indent=1) + b"\n"


def risk_document(result: RiskResult) -> dict[str, Any]:
    """A result as plain values; None stands for never."""
    document = {name: value for name, value in asdict(result).items() if name != "figures"}
    return {**_finite(document), "figures": [_figure(figure) for figure in result.figures]}


def _figure(figure: HazardFigure) -> dict[str, Any]:
    factor = figure.factor
    source = load_sources()[factor.provenance.source]
    return {
        "hazard": figure.hazard,
        "factor_id": factor.factor_id,
        "name": factor.name,
        "used": factor.planned,
        "low": factor.low,
        "high": factor.high,
        "unit": factor.unit,
        "grade": factor.provenance.grade,
        "source": f"{source.publisher}: {source.title}",
        "disputed": factor.disputed,
        "note": factor.note,
    }


def _finite(value: Any) -> Any:
    """The same without infinite numbers."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and isinf(value) else value
