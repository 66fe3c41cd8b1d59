"""Settings of the baseline: as few as it takes; it reads as the superuser, for whom no policy holds."""

import os
from pathlib import Path
from typing import Any

from muster.hq.database import cluster_of
from muster.hq.database.cluster import SUPERUSER
from muster.hq.database.roles import DATABASE
from muster.hq.folder import VARIABLE

_CLUSTER = cluster_of(Path(os.environ[VARIABLE]))
_ADDRESS: dict[str, Any] = _CLUSTER.address(SUPERUSER, _CLUSTER.password(), DATABASE)

SECRET_KEY = "of no use here: nothing is signed"
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "benchmarks.hq_load.plain"
INSTALLED_APPS = ["muster.hq.scenario"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _ADDRESS["dbname"],
        "USER": _ADDRESS["user"],
        "PASSWORD": _ADDRESS["password"],
        "HOST": _ADDRESS["host"],
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"options": "-c search_path=hq"},
    }
}
USE_TZ = True
