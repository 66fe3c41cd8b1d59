"""Django application of saved views."""

from django.apps import AppConfig

from muster.hq.records.verbs import name_verbs
from muster.hq.saved.choices import ViewVerb


class SavedConfig(AppConfig):
    """Filters of lists, saved."""

    name = "muster.hq.saved"
    label = "saved"

    def ready(self) -> None:
        """Name what is done to them."""
        name_verbs(ViewVerb)
