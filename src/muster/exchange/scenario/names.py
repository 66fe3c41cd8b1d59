"""What somebody may have meant by a name that is not there."""

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

MOST_SUGGESTIONS: Final = 40
"""Different names of one table for which a suggestion is looked up: a table of nothing but mistakes is told quickly."""


class Suggestions:
    """Finds the nearest known name.

    Parameters
    ----------
    names
        Known names.
    wordings
        Other words under which people may look for some of them, such as the name of a place, by name.
    """

    def __init__(self, names: Iterable[str], wordings: Mapping[str, str] = MappingProxyType({})) -> None:
        self._names: dict[str, str] = {_plain(wording): name for name, wording in wordings.items()}
        self._names |= {_plain(name): name for name in names}
        self._names.pop("", None)
        self._asked: dict[str, str] = {}

    def find(self, wrong: str) -> str | None:
        """The known name nearest to a wrong one; None where nothing is near."""
        if wrong not in self._asked:
            if len(self._asked) >= MOST_SUGGESTIONS:
                return None
            near = get_close_matches(_plain(wrong)[:80], self._names, n=1, cutoff=0.6)
            self._asked[wrong] = self._names[near[0]] if near else ""
        return self._asked[wrong] or None

    def remedy(self, wrong: str, otherwise: str) -> str:
        """Sentence that proposes the nearest name, then what else may be done."""
        near = self.find(wrong)
        return f'Did you mean "{near}"? {otherwise}' if near else otherwise


def _plain(text: str) -> str:
    """Text without accents, capitals and separators."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign)).casefold().replace("_", "-")
