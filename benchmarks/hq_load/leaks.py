"""Answers looked at row by row: whether anybody got what the rules of disclosure keep from them."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.hq_load.arrivals import Answered
from benchmarks.hq_load.filling import Filled

_ROW: Final = re.compile(rb"/rows/([0-9a-f-]{36})\"")
_WORD: Final = re.compile(rb"word[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in answers.

    Attributes
    ----------
    shown
        Rows on pages, each as often as it was shown.
    leaked
        Those among them, or words of others, that whoever asked may not see.
    wrong
        Answers other than that a page is there, or for a row that one may not see that it is not.
    """

    shown: int
    leaked: int
    wrong: int


def look(filled: Filled, answers: Iterable[Answered]) -> Looked:
    """Look at every row and word of every answer."""
    of_word = {kept.word.encode(): key for key, kept in filled.rows.items()}
    shown = leaked = wrong = 0
    for answer in answers:
        keys = _keys(answer, of_word)
        shown += len(keys)
        leaked += sum(not answer.asked.by.may_see(filled.rows[key].label) for key in keys)
        wrong += answer.status != _right(filled, answer)
    return Looked(shown, leaked, wrong)


def _keys(answer: Answered, of_word: Mapping[bytes, uuid.UUID]) -> set[uuid.UUID]:
    """Rows that an answer shows or names, but not by the words that whoever asked knew already."""
    keys = {uuid.UUID(key.decode()) for key in _ROW.findall(answer.body)}
    words = set(_WORD.findall(answer.body)) - set(_WORD.findall(answer.asked.path.encode()))
    return keys | {of_word[word] for word in words}


def _right(filled: Filled, answer: Answered) -> int:
    row = answer.asked.row
    return 200 if row is None or answer.asked.by.may_see(filled.rows[row].label) else 404
