"""Django application of access."""

from django.apps import AppConfig

from muster.hq.access.choices import KeyVerb
from muster.hq.records.verbs import name_verbs


class AccessConfig(AppConfig):
    """Keys of programs, and limits."""

    name = "muster.hq.access"
    label = "access"

    def ready(self) -> None:
        """Name what is done to them."""
        name_verbs(KeyVerb)
