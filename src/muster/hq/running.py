"""Making Django ready for one headquarters."""

import os
from pathlib import Path

import django

from muster.hq.folder import VARIABLE, read_secrets


def use(folder: Path) -> None:
    """Work for the headquarters of a folder from now on; a process works for one only.

    Models and whatever stands on them can be imported after this, not before.

    Raises
    ------
    NoHeadquarters
        When the folder has none.
    """
    read_secrets(folder)
    os.environ[VARIABLE] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "muster.hq.settings"
    django.setup()
