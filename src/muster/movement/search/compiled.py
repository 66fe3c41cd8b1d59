"""Machine code for the inner loops of the search."""

from pathlib import Path
from typing import Final

from muster.machine_code import MachineCode

NEVER: Final = 1 << 40
"""Later than any horizon."""

SOURCES: Final = Path(__file__).parent
_CODE: Final = MachineCode("search", SOURCES)

is_made = _CODE.is_made
note_made = _CODE.note_made
compiled = _CODE.compiled
