"""Django application of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, their lines and files, opinions about them, and what of them is released."""

    name = "muster.hq.plans"
    label = "plans"
