"""Notices as they are kept."""

import uuid

from django.db import models

from muster.disclosure.labels import Label
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.notices.choices import What


class Notice(models.Model):
    """Something that one account is told of, in its own language; nobody else sees it.

    ``told`` are the words that the sentence of ``what`` has gaps for, ``link`` the page on which one sees more, and
    ``sender`` the code of the owner in whose name it was sent. ``marking`` is that of what it tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.BigIntegerField()
    sender = models.CharField(max_length=3)
    marking = models.SmallIntegerField(choices=[(number, marking.value) for number, marking in enumerate(MARKINGS)])
    what = models.CharField(max_length=40, choices=What.choices)
    told = models.JSONField(default=dict)
    link = models.CharField(max_length=200)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "id")
        indexes = (
            models.Index(fields=("account", "-at"), name="notice_of_account"),
            models.Index(fields=("account",), condition=models.Q(seen_at__isnull=True), name="notice_not_seen"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(marking__gte=0, marking__lt=len(MARKINGS)), name="notice_marking_is_known"
            ),
            models.CheckConstraint(condition=models.Q(link__regex=r"^/[^/]"), name="notice_leads_to_a_page_here"),
        )

    def __str__(self) -> str:
        """Give the sentence."""
        return str(self.get_what_display() % self.told)

    def label(self) -> Label:
        """How it is marked, for whom it was sent."""
        return Label(self.sender, MARKINGS[self.marking], frozenset())
