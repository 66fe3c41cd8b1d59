"""Django application of people."""

from django.apps import AppConfig

from muster.hq.people.choices import Verb
from muster.hq.records.verbs import name_verbs


class PeopleConfig(AppConfig):
    """Nations, posts and accounts."""

    name = "muster.hq.people"
    label = "people"

    def ready(self) -> None:
        """Name what is done to them."""
        name_verbs(Verb)
