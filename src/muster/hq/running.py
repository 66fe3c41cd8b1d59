"""Making Django ready for one headquarters."""

import os
from pathlib import Path

import django
from django.apps import apps

from muster.hq.folder import COLLECTED, VARIABLE, read_secrets


def use(folder: Path) -> None:
    """Work for the headquarters of a folder from now on; a process works for one only.

    Models and whatever stands on them can be imported after this, not before.

    Raises
    ------
    NoHeadquarters
        When the folder has none.
    """
    read_secrets(folder)
    named = str(folder.resolve())
    if apps.ready and os.environ.get(VARIABLE) != named:
        raise RuntimeError(f"This process works for {os.environ.get(VARIABLE)}; start another one for {named}.")
    (folder / COLLECTED).mkdir(mode=0o700, exist_ok=True)
    os.environ[VARIABLE] = named
    os.environ["DJANGO_SETTINGS_MODULE"] = "muster.hq.settings"
    django.setup()
