"""Problem, plan and summary as JSON, and the JSON Schema of the plan."""

import gzip
from typing import Any

import msgspec

from muster.movement.plan import Plan
from muster.movement.problem import Problem


class UnreadableDocument(ValueError):
    """A document that is not what its name says.

    Attributes
    ----------
    name
        The file.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}; write it again with `muster movement plan`.")
        self.name = name


def encode_problem(problem: Problem) -> bytes:
    """Problem as gzipped JSON; equal problems give equal bytes."""
    return gzip.compress(msgspec.json.encode(problem, order="deterministic"), compresslevel=6, mtime=0)


def decode_problem(document: bytes, *, name: str = "problem.json.gz") -> Problem:
    """Problem from gzipped JSON.

    Raises
    ------
    UnreadableDocument
        When the bytes are not gzip, not JSON, or not a problem.
    """
    try:
        return msgspec.json.decode(gzip.decompress(document), type=Problem)
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableDocument(name, str(error)) from error


def encode_plan(plan: Plan) -> bytes:
    """Plan as indented JSON, ended by a line feed."""
    return msgspec.json.format(msgspec.json.encode(plan), indent=1) + b"\n"


def decode_plan(document: bytes, *, name: str = "plan.json") -> Plan:
    """Plan from JSON.

    Raises
    ------
    UnreadableDocument
        When the bytes are not JSON, or not a plan.
    """
    try:
        return msgspec.json.decode(document, type=Plan)
    except ValueError as error:
        raise UnreadableDocument(name, str(error)) from error


def plan_schema() -> dict[str, Any]:
    """JSON Schema of ``plan.json``."""
    return msgspec.json.schema(Plan)
