"""Django application of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices to accounts."""

    name = "muster.hq.notices"
    label = "notices"
