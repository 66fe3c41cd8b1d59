"""Django application of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Offers of nations."""

    name = "muster.hq.plans"
    label = "plans"
