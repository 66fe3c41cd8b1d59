"""Django application of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Nations, posts and accounts."""

    name = "muster.hq.people"
    label = "people"
