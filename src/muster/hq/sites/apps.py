"""Django application of the sites."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Sites that are known here, and conflicts between what they wrote."""

    name = "muster.hq.sites"
    label = "sites"
