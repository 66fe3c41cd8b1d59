"""Django application of the scenario."""

from django.apps import AppConfig

from muster.hq.records.verbs import name_verbs
from muster.hq.scenario.choices import Verb
from muster.hq.sites.projections import register


class ScenarioConfig(AppConfig):
    """Rows of the scenario, its versions, and imports."""

    name = "muster.hq.scenario"
    label = "scenario"

    def ready(self) -> None:
        """Name what is done to them, and who writes rows out of the journals of other sites."""
        name_verbs(Verb)
        register("scenario.row", "muster.hq.scenario.projecting")
