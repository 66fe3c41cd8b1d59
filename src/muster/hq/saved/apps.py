"""Django application of saved views."""

from django.apps import AppConfig


class SavedConfig(AppConfig):
    """Filters of lists, saved."""

    name = "muster.hq.saved"
    label = "saved"
