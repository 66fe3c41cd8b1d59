"""Tables of the scenario in the headquarters: those of the folder, and its two documents as tables of one row."""

from collections.abc import Mapping
from typing import Final

from muster.exchange.scenario import AREAS_FILE, SETTINGS_FILE, CellKind, Column, Table
from muster.exchange.scenario import TABLES as OF_FOLDER
from muster.hq.boundary.masks import HEADQUARTERS

OFFERS: Final = "offers"
CONTENT: Final = "content"
"""The one column of a document."""


def _document(name: str, meaning: str) -> Table:
    column = Column(name=CONTENT, kind=CellKind.TEXT, required=True, meaning=meaning)
    return Table(name=name, meaning=meaning, columns=(column,))


DOCUMENTS: Final[Mapping[str, str]] = {"settings": SETTINGS_FILE, "areas": AREAS_FILE}
"""File of each document by the name of its table."""
TABLES: Final[Mapping[str, Table]] = {
    **OF_FOLDER,
    "settings": _document(
        "settings", "Title, default case and day marks of the scenario, as its settings file has them."
    ),
    "areas": _document("areas", "Areas of the scenario as GeoJSON."),
}
_OWNED: Final = frozenset({OFFERS, "caveats", "gates", "lift", "permits", "lines"})
"""Tables whose column ``nation`` says whose a row is; empty is the headquarters."""
_OF_A_LINE: Final = "cargo"
"""Table whose rows belong to whoever owns the line that they name."""
NATIONAL: Final = _OWNED | {_OF_A_LINE}
"""Tables into which nations enter rows of their own; all others are filled by the headquarters."""
NATION: Final = "nation"
LONGEST_NAME: Final = 240
"""Signs of the name of a row; names that differ later only count as one."""
LINE: Final = "uln"


def owner_of(table: str, cells: Mapping[str, str], owner_of_line: Mapping[str, str]) -> str:
    """Whose a row is, by what it says.

    Parameters
    ----------
    owner_of_line
        Owner of each line by its number (ULN).
    """
    if table in _OWNED:
        return cells.get(NATION) or HEADQUARTERS
    if table == _OF_A_LINE:
        return owner_of_line.get(cells.get(LINE, ""), HEADQUARTERS)
    return HEADQUARTERS


def is_owner_said(table: str) -> bool:
    """Whether a column of the table says whose a row is."""
    return table in _OWNED


def name_of(table: Table, cells: Mapping[str, str]) -> str:
    """What tells a row from the others of its owner: its key, and its cases where it has any; empty without a key.

    Examples
    --------
    >>> name_of(TABLES["gates"], {"gate_id": "vote-fra", "kind": "parliament", "cases": "low;base"})
    'vote-fra [low;base]'
    """
    if not table.key:
        return ""
    name = " ".join(cells.get(column, "?") for column in table.key)
    return (f"{name} [{cells['cases']}]" if cells.get("cases") else name)[:LONGEST_NAME]
