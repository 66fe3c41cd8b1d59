"""Django application of records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The journal of every write."""

    name = "muster.hq.records"
    label = "records"
