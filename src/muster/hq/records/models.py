"""The journal: headers of events, and their bodies beside them. Documents are in a folder of their own."""

import json
import uuid
from datetime import datetime
from typing import Self

from django.db import models

from muster.hq.boundary.labelled import Labelled
from muster.hq.records.body import Body, SaltedBody
from muster.hq.records.clock import HybridTime
from muster.hq.records.documents.models import Document, DocumentFile
from muster.hq.records.event import Event

__all__ = ["BodyRow", "CheckpointRow", "Document", "DocumentFile", "EventRow", "SealRow", "Site"]


class Site(models.Model):
    """Where events are written, or come from: the last sequence and time that it gave, as far as is known here.

    For the site that works here those who write take both in turn; for another they are of the last event received.
    """

    code = models.CharField(max_length=8, primary_key=True)
    last_sequence = models.PositiveBigIntegerField(default=0)
    last_time = models.CharField(max_length=40, blank=True)


class EventRow(Labelled):
    """Header of an event; its label is that of the object when it happened. Rows are added and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.CharField(max_length=8)
    sequence = models.PositiveBigIntegerField()
    time = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    body_digest = models.BinaryField(max_length=32)

    class Meta(Labelled.Meta):
        ordering = ("-site", "-sequence")
        indexes = (models.Index(fields=("object_id", "sequence")),)
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("site", "sequence"), name="event_has_its_own_place"),
        ]

    @classmethod
    def of(cls, event: Event, *, at: datetime) -> Self:
        """Row of an event, as yet without a label."""
        return cls(
            site=event.site,
            sequence=event.sequence,
            time=str(event.time),
            at=at,
            actor=event.actor,
            verb=event.verb,
            object_kind=event.object_kind,
            object_id=event.object_id,
            body_digest=event.body_digest,
        )

    def event(self, bits: dict[str, int]) -> Event:
        """The event as it was recorded.

        Parameters
        ----------
        bits
            Bit of each principal by its code.
        """
        return Event(
            site=self.site,
            sequence=self.sequence,
            time=HybridTime.parse(self.time),
            actor=self.actor,
            verb=self.verb,
            object_kind=self.object_kind,
            object_id=self.object_id,
            label=self.label(bits),
            body_digest=bytes(self.body_digest),
        )


class BodyRow(Labelled):
    """What changed in an event, as canonical JSON, and the salt that its digest was made with."""

    event = models.OneToOneField(EventRow, primary_key=True, on_delete=models.PROTECT, related_name="body")
    salt = models.BinaryField(max_length=16)
    content = models.TextField()

    class Meta(Labelled.Meta):
        constraints = Labelled.Meta.constraints

    def salted(self) -> SaltedBody:
        """The body as it was recorded."""
        return SaltedBody(bytes(self.salt), Body.from_json(json.loads(self.content)))


class SealRow(models.Model):
    """Hash of an event in the chain of its site; the application neither writes nor reads it."""

    site = models.CharField(max_length=8)
    sequence = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("site", "sequence"), name="event_is_sealed_once")]


class CheckpointRow(models.Model):
    """Signature of a site under all its events up to one; the application neither writes nor reads it."""

    site = models.CharField(max_length=8)
    sequence = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("site", "sequence"), name="checkpoint_is_signed_once")]
