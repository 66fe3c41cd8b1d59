"""Symbols of units after APP-6: which one a type of unit has, and how it is drawn.

The drawings are made when the scripts of the pages are built, one for each code of the table of symbols, and are read
by the browser and by the server alike.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from muster.reference.unit_symbols import PLAIN, load_unit_symbols

DRAWINGS: Final = Path(__file__).parents[1] / "static" / "dist" / "symbols.json"
"""Of each code: ``size``, width and height; and ``parts`` in drawing order, each a path or a word with its colours."""


def is_known(unit_type: str | None) -> bool:
    """Whether the table has a symbol for a type."""
    return unit_type in load_unit_symbols()


def symbol_of(unit_type: str | None) -> str:
    """Code of the symbol of a type of unit; the plain frame where the type has none in the table.

    Examples
    --------
    >>> symbol_of("eng-coy-bridge")
    '13031000151407000600'
    >>> symbol_of("something-new") == symbol_of(None) == PLAIN.code
    True
    """
    return load_unit_symbols().get(unit_type or "", PLAIN).code


def list_codes() -> Iterator[str]:
    """Every code that a unit can have, each once."""
    yield from sorted({PLAIN.code, *(symbol.code for symbol in load_unit_symbols().values())})


@cache
def drawings() -> Mapping[str, Any]:
    """How each code is drawn; nothing where the scripts of the pages were not built."""
    return json.loads(DRAWINGS.read_text(encoding="utf-8")) if DRAWINGS.exists() else {}
