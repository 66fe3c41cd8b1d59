"""Sites that are known here, and conflicts between what was written at several of them."""

import uuid
from typing import Final

from django.db import models

from muster.disclosure.labels import Marking
from muster.hq.boundary.labelled import MARKINGS, Labelled
from muster.hq.sites.holding import Holds

OWNER: Final = "owner"
"""Connection by which sites are made known and journals taken in; pages never work with it."""


class KnownSite(models.Model):
    """A site whose journal is taken here, or this one.

    ``public_key`` is the key with which its journal began, as PEM. ``principals`` are those whose things it may hold;
    nothing stands for everything. ``has`` is what it last said that it has: the last sequence of each site.
    """

    code = models.CharField(max_length=8, primary_key=True)
    public_key = models.TextField()
    highest = models.SmallIntegerField(choices=[(number, marking.value) for number, marking in enumerate(MARKINGS)])
    principals = models.JSONField(null=True)
    has = models.JSONField(default=dict)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        """Give the code."""
        return self.code

    def holds(self) -> Holds:
        """What the site may hold."""
        named = None if self.principals is None else frozenset(map(str, self.principals))
        return Holds(Marking(MARKINGS[self.highest]), named)


class ConflictRow(Labelled):
    """Two writes to one field of a thing that had not seen each other, under the label of the thing.

    ``passed_over`` and ``standing`` say what was written, where, when and by whom. ``settled_by`` is the event that
    settled it; empty while it is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thing_kind = models.CharField(max_length=40)
    thing_id = models.UUIDField()
    field = models.CharField(max_length=60)
    passed_over = models.JSONField()
    standing = models.JSONField()
    settled_by = models.CharField(max_length=40, blank=True)
    found_at = models.DateTimeField()

    class Meta(Labelled.Meta):
        ordering = ("settled_by", "-found_at", "field")
        indexes = (models.Index(fields=("thing_id", "field"), name="conflict_of_a_field"),)
        constraints = Labelled.Meta.constraints
