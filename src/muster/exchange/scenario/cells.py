"""Reading the text of one cell by the description of its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from muster.exchange.scenario.countries import COUNTRY_CODES
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.schema import CellKind, Column
from muster.measures import DayOffset, UnreadableOffset

KEY_FORM: Final = re.compile(r"[^\s;|,\"<>](?:[^;|,\"<>\n\r\t]{0,78}[^\s;|,\"<>])?")
LONGEST_TEXT: Final = 32_000
"""Signs in one cell that every spreadsheet can hold."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,12}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_SEPARATOR: Final = re.compile(r"[;|]")
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class UnreadableCell(ValueError):
    """A cell that does not say what its column asks for.

    Attributes
    ----------
    rule, remedy
        What is broken and what to do about it.
    """

    def __init__(self, rule: str, remedy: str) -> None:
        super().__init__(f"{rule} {remedy}")
        self.rule, self.remedy = rule, remedy


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one column; equal texts are read once.

    Attributes
    ----------
    column
        What the column asks for.
    """

    column: Column
    _read: dict[str, Any] = field(default_factory=dict)
    _words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = {str(word): word for word in self.column.words}

    def read(self, text: str) -> Any:
        """Value of a filled cell: a tuple for a list.

        Raises
        ------
        UnreadableCell
            When the text is not what the column asks for.
        """
        if text not in self._read:
            self._read[text] = self._list(text) if self.column.is_list else self._one(text)
        return self._read[text]

    def default(self) -> Any:
        """Value of an empty cell; None is unknown or absent."""
        if self.column.is_list:
            return ()
        return self.read(self.column.default) if self.column.default is not None else None

    def _list(self, text: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in _SEPARATOR.split(text)]
        return tuple(dict.fromkeys(self._one(part) for part in parts if part))

    def _one(self, text: str) -> Any:
        return _READERS[self.column.kind](self, text)

    def _key(self, text: str) -> str:
        if KEY_FORM.fullmatch(text) is None or not text.isprintable():
            raise UnreadableCell(
                f"{_quoted(text)} is not an id.",
                "Use at most 80 letters, digits, hyphens and spaces; no commas, semicolons, bars or quotes.",
            )
        return text

    def _text(self, text: str) -> str:
        if UNPRINTABLE.search(text):
            raise UnreadableCell("the text holds a sign that cannot be printed.", "Type the text again.")
        if len(text) > LONGEST_TEXT:
            raise UnreadableCell(f"the text has {len(text)} signs.", f"Keep it within {LONGEST_TEXT}.")
        return text

    def _word(self, text: str) -> str:
        if text in self._words:
            return self._words[text]
        allowed = f"Use one of: {', '.join(self._words)}."
        raise UnreadableCell(
            f"{_quoted(text)} is not a word of {self.column.name}.", Suggestions(self._words).remedy(text, allowed)
        )

    def _country(self, text: str) -> str:
        if text in COUNTRY_CODES:
            return text
        remedy = "Use the three capital letters of ISO 3166-1 alpha-3, such as POL."
        raise UnreadableCell(f"{_quoted(text)} is not a country code.", Suggestions(COUNTRY_CODES).remedy(text, remedy))

    def _whole(self, text: str) -> int:
        if _WHOLE.fullmatch(text) is None:
            raise UnreadableCell(f"{_quoted(text)} is not a whole number.", self._digits_alone())
        return int(self._in_range(int(text), text))

    def _number(self, text: str) -> float:
        if _NUMBER.fullmatch(text) is None:
            raise UnreadableCell(f"{_quoted(text)} is not a number.", self._digits_alone())
        return float(self._in_range(float(text), text))

    def _in_range(self, number: float, text: str) -> float:
        low, high = self.column.low, self.column.high
        if not low <= number <= high:
            unit = f" {self.column.unit}" if self.column.unit else ""
            raise UnreadableCell(
                f"{text} lies outside {low:.12g} to {high:.12g}.",
                f"Correct the number; {self.column.name} is written in{unit or ' whole numbers'}.",
            )
        return number

    def _digits_alone(self) -> str:
        unit = f", in {self.column.unit}, without the unit" if self.column.unit else ""
        form = "digits alone" if self.column.kind is CellKind.WHOLE else "a plain decimal with a point, such as 12.5"
        return f"Write {form}{unit}."

    def _offset(self, text: str) -> DayOffset:
        try:
            return DayOffset.parse(text)
        except UnreadableOffset:
            raise UnreadableCell(
                f"{_quoted(text)} is not an offset from a day mark.",
                "Write it like C+12, D-3 or G+3 06:30: mark C, G or D, sign, days, then a time of day if need be.",
            ) from None

    def _yes_no(self, text: str) -> bool:
        if text not in {"yes", "no"}:
            raise UnreadableCell(f"{_quoted(text)} is neither yes nor no.", "Write yes or no.")
        return text == "yes"


_READERS: Final[Mapping[CellKind, Callable[[CellReader, str], Any]]] = {
    CellKind.KEY: CellReader._key,  # noqa: SLF001
    CellKind.TEXT: CellReader._text,  # noqa: SLF001
    CellKind.WORD: CellReader._word,  # noqa: SLF001
    CellKind.COUNTRY: CellReader._country,  # noqa: SLF001
    CellKind.WHOLE: CellReader._whole,  # noqa: SLF001
    CellKind.NUMBER: CellReader._number,  # noqa: SLF001
    CellKind.OFFSET: CellReader._offset,  # noqa: SLF001
    CellKind.YES_NO: CellReader._yes_no,  # noqa: SLF001
}


def words_of(column: Column) -> tuple[str, ...]:
    """Words that a column allows."""
    return tuple(str(word) for word in column.words)


def _quoted(text: str) -> str:
    """Text as faults show it: short and printable."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return f'"{shown}"' if shown.isprintable() else ascii(shown).replace("'", '"')
