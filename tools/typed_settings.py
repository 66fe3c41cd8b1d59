"""Settings by which the type checker learns the models: those of a headquarters that nobody founded."""

import os
import tempfile
from pathlib import Path

from muster.hq.folder import VARIABLE, make_secrets

with tempfile.TemporaryDirectory() as folder:
    make_secrets(Path(folder))
    os.environ[VARIABLE] = folder
    from muster.hq.settings import *  # noqa: F403
