"""Rows of the scenario, versions of the whole, and imports that wait."""

import uuid

from django.db import models

from muster.hq.boundary.labelled import Labelled
from muster.hq.scenario.tables import LONGEST_NAME


class Row(Labelled):
    """A row of a table of the scenario.

    ``cells`` holds its filled cells as text, by column, as a table of a scenario folder would; ``words`` the same text
    without capitals, for searching. ``version`` counts changes: whoever saves says which version they had before them.
    A row that was removed stays, with the time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=40)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    cells = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("table", "position", "owner", "name")
        indexes = (
            # With all that says whether a row is seen: lists are counted without going to the rows.
            models.Index(
                fields=("table", "position", "owner", "name"),
                include=("id", "removed_at", "marking", "rel_low", "rel_high"),
                name="row_in_its_place",
            ),
            models.Index(
                fields=("table", "owner", "position", "name"),
                include=("id", "removed_at", "marking", "rel_low", "rel_high"),
                name="row_among_those_of_its_owner",
            ),
        )
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(
                fields=("table", "owner", "name"),
                condition=models.Q(removed_at__isnull=True) & ~models.Q(name=""),
                name="row_is_named_once_by_its_owner",
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="row_has_a_version"),
        ]

    def __str__(self) -> str:
        """Give table and name."""
        return f"{self.table} {self.name}".strip()


class Version(Labelled):
    """The scenario as somebody saw it at a moment: the files of a folder, never changed.

    It holds rows of others, so its label stays as it was made: for whoever kept it and the headquarters.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    files = models.BinaryField()

    class Meta(Labelled.Meta):
        ordering = ("-made_at",)
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "number"), name="version_is_numbered_once_by_its_owner"),
        ]

    def __str__(self) -> str:
        """Give number and title."""
        return f"{self.number} {self.title}".strip()


class Import(Labelled):
    """A file that was sent to change rows, kept until somebody says yes or no to what it would change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=160)
    content = models.BinaryField()
    sent_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    changed = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("-sent_at",)
        constraints = Labelled.Meta.constraints
