"""Machine code for replays; it calls that of the search, and is made anew when either changes."""

from pathlib import Path
from typing import Final

from muster.machine_code import MachineCode
from muster.movement.search.compiled import SOURCES

_CODE: Final = MachineCode("replay", Path(__file__).parent, SOURCES)

is_made = _CODE.is_made
note_made = _CODE.note_made
compiled = _CODE.compiled
