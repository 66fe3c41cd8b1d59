"""Machine code for the inner loops of the matching."""

from pathlib import Path
from typing import Final

from muster.machine_code import MachineCode

_HERE: Final = Path(__file__).parent
_CODE: Final = MachineCode("matching", _HERE / "search", _HERE / "formulation")

is_made = _CODE.is_made
note_made = _CODE.note_made
compiled = _CODE.compiled
