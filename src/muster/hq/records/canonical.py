"""One text for each value: JSON with a single way to write it, so that a digest says what was written.

The form is that of RFC 8785, narrowed to values that every language reads alike: no fractions, whole numbers that a
double holds exactly, and names in ASCII, for which all orders of sorting agree.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"
"""What a record may hold."""

LARGEST_NUMBER: Final = 2**53 - 1
"""Largest whole number that every reader of JSON takes exactly; the least is its negative (RFC 7493, section 2.2)."""
MOST_LEVELS: Final = 32
"""Objects and arrays inside each other, at most."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


class NotCanonical(ValueError):
    """A value that has no single JSON text."""

    def __init__(self, what: str, rule: str) -> None:
        super().__init__(f"Record value {what} {rule}.")
        self.what, self.rule = what, rule


def canonical_json(value: Json) -> bytes:
    """The one JSON text of a value, in UTF-8: names sorted, no white space that means nothing.

    Raises
    ------
    NotCanonical
        When the value, or one inside it, is a fraction or too large a number, is text with half a surrogate pair, has a
        name that is not ASCII, is nested too deeply, or is of another type.
    """
    _refuse_ambiguous(value, 1)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start : error.end]
        raise NotCanonical(ascii(half), "is half a surrogate pair; write the whole character") from None


def _refuse_ambiguous(value: object, level: int) -> None:
    """Refuse what two programs could write differently; text, which most values are, is passed over where it stands."""
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise NotCanonical(str(value), f"is beyond {LARGEST_NUMBER}; write it as text")
        return
    if isinstance(value, float):
        raise NotCanonical(repr(value), "is a fraction; write it as text, or as a whole number of a smaller unit")
    if level > MOST_LEVELS:
        raise NotCanonical("", f"is nested deeper than {MOST_LEVELS} levels; lay it out flat")
    if isinstance(value, list | tuple):
        _refuse_each(value, level)
    elif isinstance(value, dict | Mapping):
        strange = next((name for name in value if not isinstance(name, str) or not name.isascii()), None)
        if strange is not None:
            raise NotCanonical(repr(strange), "is a name that is not ASCII text; rename it, or make it a value")
        _refuse_each(value.values(), level)
    else:
        raise NotCanonical(repr(value), f"is of type {type(value).__name__}; write it as text, whole number or list")


def _refuse_each(values: Iterable[object], level: int) -> None:
    for value in values:
        if type(value) is not str:
            _refuse_ambiguous(value, level + 1)
