"""Django application of the sites."""

from django.apps import AppConfig

from muster.hq.records.verbs import name_verbs
from muster.hq.sites.choices import SeatVerb


class SitesConfig(AppConfig):
    """Sites that are known here, conflicts between what they wrote, and the seat."""

    name = "muster.hq.sites"
    label = "sites"

    def ready(self) -> None:
        """Name the steps of a move."""
        name_verbs(SeatVerb)
