"""Machine code for the inner loops of the lateness bound."""

from pathlib import Path
from typing import Final

from muster.machine_code import MachineCode

_CODE: Final = MachineCode("formulation", Path(__file__).parent)

is_made = _CODE.is_made
note_made = _CODE.note_made
compiled = _CODE.compiled
