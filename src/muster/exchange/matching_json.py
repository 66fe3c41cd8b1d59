"""A matching problem, a matching, and the unit types that its offers name, as JSON and back."""

import gzip
from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec

from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.reference import UnitType

PROBLEM_FILE: Final = "problem.json.gz"
MATCHING_FILE: Final = "matching.json"
UNIT_TYPES_FILE: Final = "unit_types.json"

Value = TypeVar("Value")


class UnreadableMatching(ValueError):
    """A document that is not what its name says.

    Attributes
    ----------
    name
        The file.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}; write it again with `muster forces match`.")
        self.name = name


def encode_problem(problem: MatchingProblem) -> bytes:
    """Problem as gzipped JSON; equal problems give equal bytes."""
    return gzip.compress(_encode(problem), compresslevel=6, mtime=0)


def decode_problem(document: bytes) -> MatchingProblem:
    """Problem from gzipped JSON.

    Raises
    ------
    UnreadableMatching
        When the bytes are not gzip, not JSON, or not a matching problem.
    """
    try:
        plain = gzip.decompress(document)
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableMatching(PROBLEM_FILE, str(error)) from error
    return _decode(plain, MatchingProblem, PROBLEM_FILE)


def encode_matching(matching: Matching) -> bytes:
    """Matching as indented JSON, ended by a line feed."""
    return _indented(matching)


def decode_matching(document: bytes) -> Matching:
    """Matching from JSON.

    Raises
    ------
    UnreadableMatching
        When the bytes are not JSON, or not a matching.
    """
    return _decode(document, Matching, MATCHING_FILE)


def encode_unit_types(unit_types: Mapping[str, UnitType]) -> bytes:
    """Unit types by id, with their holdings, as indented JSON, ended by a line feed."""
    return _indented(unit_types)


def decode_unit_types(document: bytes) -> Mapping[str, UnitType]:
    """Unit types by id from JSON.

    Raises
    ------
    UnreadableMatching
        When the bytes are not JSON, or not unit types.
    """
    return _decode(document, dict[str, UnitType], UNIT_TYPES_FILE)


def _indented(value: object) -> bytes:
    return msgspec.json.format(_encode(value), indent=1) + b"\n"


def _encode(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic", enc_hook=_plain)


def _plain(value: object) -> object:
    """A read-only mapping, as packaged unit types have them, as one that can be written."""
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} has no form in JSON.")


def _decode(document: bytes, kind: type[Value], name: str) -> Value:
    try:
        return msgspec.json.decode(document, type=kind)
    except ValueError as error:
        raise UnreadableMatching(name, str(error)) from error
