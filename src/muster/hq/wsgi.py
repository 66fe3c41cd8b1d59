"""The application as a server runs it."""

import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

from muster.hq.orphans import end_with_parent

if (server := multiprocessing.parent_process()) is not None and server.pid is not None:
    end_with_parent(server.pid)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.hq.settings")

application = get_wsgi_application()
