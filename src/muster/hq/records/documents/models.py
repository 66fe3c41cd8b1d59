"""Documents and their files."""

import uuid
from typing import Final

from django.db import models

from muster.hq.boundary.labelled import Labelled
from muster.hq.records.documents.choices import DocumentKind

LARGEST_BYTES: Final = 20_000_000
"""Of one file. It is kept and given out whole, in memory."""
LONGEST_TITLE: Final = 160
LONGEST_NAME: Final = 120


class Document(Labelled):
    """What a document is called, and of what kind it is; what it says is in its files.

    ``words`` is the title without capitals, for searching. ``version`` counts changes of any kind: whoever changes it
    says which one they had before them. One that was withdrawn stays, with the time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField()
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("-changed_at", "title", "id")
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(
                fields=("owner", "title"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="document_is_titled_once_by_its_owner",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="document_kind_is_known"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="document_has_a_version"),
        ]

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class DocumentFile(Labelled):
    """One version of a document, as it was sent; the application can change its label and nothing else of it.

    The newest has the label of the document. Earlier ones are released to nobody who did not see them before, unless
    their owner says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    words = models.TextField()
    dated_on = models.DateField(null=True, blank=True)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    content = models.BinaryField()

    class Meta(Labelled.Meta):
        ordering = ("-number",)
        indexes = (models.Index(fields=("owner", "sha256"), name="file_by_its_digest"),)
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("document", "number"), name="document_has_a_version_once"),
            models.CheckConstraint(
                condition=models.Q(size_bytes__gte=1, size_bytes__lte=LARGEST_BYTES),
                name="file_is_neither_empty_nor_too_large",
            ),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name
