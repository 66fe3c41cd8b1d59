"""What was answered about a matching, and the releases made of it, as JSON beside the matching they belong to."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from muster.disclosure import Edition
from muster.exchange.matching_json import UnreadableMatching
from muster.forces.matching.answers.answered import Answered

ANSWERS_FILE: Final = "answers.json"
RELEASES_FILE: Final = "releases.json"
"""Stays with the headquarters: it holds what each nation contributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    matching_sha256: str
    answered: Answered


def encode_answers(answered: Answered, matching: bytes) -> bytes:
    """Answers as indented JSON, with the hash of the matching document that they belong to."""
    document = _Document(matching_sha256=_hash(matching), answered=answered)
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def decode_answers(document: bytes, matching: bytes) -> Answered | None:
    """Answers from JSON; None where they belong to another matching document.

    Raises
    ------
    UnreadableMatching
        When the bytes are not JSON, or not answers.
    """
    try:
        read = msgspec.json.decode(document, type=_Document)
    except ValueError as error:
        raise UnreadableMatching(ANSWERS_FILE, str(error)) from error
    return read.answered if read.matching_sha256 == _hash(matching) else None


def encode_releases(history: Sequence[Edition]) -> bytes:
    """Releases of a series with what they were made from, oldest first."""
    return msgspec.json.format(msgspec.json.encode(list(history), order="deterministic"), indent=1) + b"\n"


def decode_releases(document: bytes) -> tuple[Edition, ...]:
    """Releases from JSON.

    Raises
    ------
    UnreadableMatching
        When the bytes are not JSON, or not releases.
    """
    try:
        return msgspec.json.decode(document, type=tuple[Edition, ...])
    except ValueError as error:
        raise UnreadableMatching(RELEASES_FILE, str(error)) from error


def _hash(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()
