"""Django application of the boundary."""

from django.apps import AppConfig


class BoundaryConfig(AppConfig):
    """The keys of the context, and the function that verifies it."""

    name = "muster.hq.boundary"
    label = "boundary"
