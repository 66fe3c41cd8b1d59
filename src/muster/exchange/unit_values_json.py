"""What one more unit of each bottleneck is worth, as JSON beside the plan that it was worked out for."""

import hashlib
from dataclasses import dataclass
from typing import Final

import msgspec

from muster.movement.reinforcing.unit_values import UnitValues

FILE: Final = "unit_values.json"


class UnreadableUnitValues(ValueError):
    """A document that holds no unit values."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{FILE}: {reason}; write it again with `muster movement value`, or delete it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    plan_sha256: str
    unit_values: UnitValues


def encode(values: UnitValues, plan: bytes) -> bytes:
    """Unit values as indented JSON, with the hash of the plan document that they belong to."""
    document = _Document(plan_sha256=_hash(plan), unit_values=values)
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def decode(document: bytes, plan: bytes) -> UnitValues | None:
    """Unit values from JSON; None where they belong to another plan document.

    Raises
    ------
    UnreadableUnitValues
        When the bytes are not JSON, or not unit values.
    """
    try:
        read = msgspec.json.decode(document, type=_Document)
    except ValueError as error:
        raise UnreadableUnitValues(str(error)) from error
    return read.unit_values if read.plan_sha256 == _hash(plan) else None


def _hash(plan: bytes) -> str:
    return hashlib.sha256(plan).hexdigest()
