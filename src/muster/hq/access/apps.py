"""Django application of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Keys of programs, and limits."""

    name = "muster.hq.access"
    label = "access"
