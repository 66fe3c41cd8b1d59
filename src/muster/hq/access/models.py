"""Keys of programs, and what posts have taken out lately."""

import uuid
from datetime import timedelta
from typing import Final

from django.db import models

from muster.hq.access.choices import Scope
from muster.hq.boundary.labelled import Labelled
from muster.hq.people.models import Account

LASTS_AT_MOST: Final = timedelta(days=90)
"""Longest time that a key is good for."""


class ProgramKey(Labelled):
    """A key with which a program asks as the post that made it; only its digest is kept.

    It is behind the boundary, so a request that holds no key finds none: see
    :mod:`muster.hq.access.schema`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    name = models.CharField(max_length=40)
    scope = models.CharField(max_length=5, choices=Scope.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("-made_at",)
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at"))
                & models.Q(expires_at__lte=models.F("made_at") + LASTS_AT_MOST),
                name="programkey_expires_in_time",
            ),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="programkey_scope_is_known"),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Reading(models.Model):
    """Rows that a post took out at once; what is older than an hour is forgotten."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("account", "at")),)
