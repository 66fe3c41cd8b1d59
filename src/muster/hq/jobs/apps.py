"""Django application of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs, and notices of what became of them."""

    name = "muster.hq.jobs"
    label = "jobs"
