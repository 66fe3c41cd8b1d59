"""Django application of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, their lines and files, opinions about them, and what of them is released."""

    name = "muster.hq.plans"
    label = "plans"

    def ready(self) -> None:
        """Make the long work of plans known; it is imported now, when models can be."""
        from muster.hq.plans.working import register_kinds  # noqa: PLC0415

        register_kinds()
