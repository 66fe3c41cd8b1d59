"""Jobs as they wait, run and end."""

import uuid

from django.db import models

from muster.hq.boundary.labelled import Labelled
from muster.hq.jobs.choices import GOING, State


class Job(Labelled):
    """Long work that an account asked for; it is done with the rights that the account has while it is done.

    ``parameters`` are what its kind needs, ``fraction`` how far it is, 0 to 1, None where nobody knows, ``figures``
    those of the best so far by their names. ``result`` is the id of what it made. ``leased_until`` is when its worker
    is given up, ``attempts`` how often it was claimed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    fraction = models.FloatField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(default=dict)
    account = models.BigIntegerField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.UUIDField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=("state", "asked_at")),)
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(fraction__isnull=True) | models.Q(fraction__gte=0, fraction__lte=1),
                name="job_is_done_by_a_share",
            ),
        ]

    def __str__(self) -> str:
        """Give the title."""
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.state not in GOING

    @property
    def percent(self) -> int | None:
        """How far it is."""
        return None if self.fraction is None else round(100 * self.fraction)
