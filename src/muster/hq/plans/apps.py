"""Django application of plans."""

from django.apps import AppConfig

from muster.hq.jobs.kinds import register
from muster.hq.plans.choices import MAKE, PROPOSE, Verb
from muster.hq.records.verbs import name_verbs


class PlansConfig(AppConfig):
    """Plans, their lines and files, opinions about them, and what of them is released."""

    name = "muster.hq.plans"
    label = "plans"

    def ready(self) -> None:
        """Make the long work of plans known, and name what is done to them."""
        register(MAKE, "muster.hq.plans.working.make_plan", page="plan")
        register(PROPOSE, "muster.hq.plans.working.prepare_release", page="plan")
        name_verbs(Verb)
