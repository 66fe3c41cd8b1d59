"""Saved views of lists."""

import uuid
from typing import Final

from django.db import models

from muster.hq.boundary.labelled import Labelled
from muster.hq.people.models import Account

LONGEST_NAME: Final = 60
LONGEST_QUERY: Final = 1000


class SavedView(Labelled):
    """What a list is narrowed to, under a name.

    Name and filters may hold words of restricted rows, so they are behind the boundary; they are shown to the post
    that saved them and to nobody else. Of one that was removed neither is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    table = models.CharField(max_length=40)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("table", "name")
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(
                fields=("account", "table", "name"),
                condition=models.Q(removed_at__isnull=True),
                name="view_is_named_once_by_its_post",
            ),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name
