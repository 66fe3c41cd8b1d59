"""Django application of the scenario."""

from django.apps import AppConfig


class ScenarioConfig(AppConfig):
    """Rows of the scenario, its versions, and imports."""

    name = "muster.hq.scenario"
    label = "scenario"
