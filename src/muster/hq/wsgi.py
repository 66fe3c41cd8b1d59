"""The application as a server runs it."""

import gc
import multiprocessing
import os
from typing import Final

from django.core.wsgi import get_wsgi_application

from muster.hq.orphans import end_with_parent

if (server := multiprocessing.parent_process()) is not None and server.pid is not None:
    end_with_parent(server.pid)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.hq.settings")

application = get_wsgi_application()

_PAGES_APART: Final = 50_000
"""Objects made before the young among them are gone through: those of one page and more."""

# What is there by now stays until the end; looking through it again and again would hold up a page at times.
gc.collect()
gc.freeze()
gc.set_threshold(_PAGES_APART, 10, 10)
