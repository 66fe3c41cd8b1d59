"""Django application of jobs."""

from django.apps import AppConfig

from muster.hq.jobs.choices import Verb
from muster.hq.records.verbs import name_verbs


class JobsConfig(AppConfig):
    """Jobs, and notices of what became of them."""

    name = "muster.hq.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Name what is done to them."""
        name_verbs(Verb)
