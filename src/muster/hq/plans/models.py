"""Plans as they are kept: what they were made of, their lines, their files, and what is said of them."""

import uuid

from django.db import models

from muster.hq.boundary.labelled import Labelled
from muster.hq.plans.choices import Kind, State, Verdict
from muster.hq.scenario.models import Version


class Plan(Labelled):
    """A plan of the headquarters. Nations whose lines are in it see this row once it is in review; figures they do not.

    ``inputs`` is the digest of the version and of all that was asked for: equal inputs make equal plans, but for the
    clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=160)
    case = models.CharField(max_length=80)
    inputs = models.CharField(max_length=64)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.MADE)
    proposed_by = models.CharField(max_length=40, blank=True)
    released_by = models.CharField(max_length=40, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Labelled.Meta):
        ordering = ("-made_at",)
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(released_by="")
                | (~models.Q(proposed_by="") & ~models.Q(released_by=models.F("proposed_by"))),
                name="plan_is_released_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.RELEASED, released_at__isnull=False)
                | (~models.Q(state=State.RELEASED) & models.Q(released_at__isnull=True)),
                name="plan_that_is_released_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class Making(Labelled):
    """How a plan was made and what its figures are: for the headquarters alone, whatever becomes of the plan."""

    plan = models.OneToOneField(Plan, primary_key=True, on_delete=models.PROTECT, related_name="making")
    of_version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True)
    asked = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    findings = models.PositiveIntegerField()

    class Meta(Labelled.Meta):
        constraints = Labelled.Meta.constraints


class PlanFile(Labelled):
    """A file of a plan, as the planning commands write it: for the headquarters alone.

    The files of a nation's own part are for that nation too, once the plan is in review.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta(Labelled.Meta):
        ordering = ("name",)
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("plan", "name"), name="plan_has_a_file_once"),
        ]


class PlanLine(Labelled):
    """One thing that a plan does for one nation: a line that is moved, or the tour of a unit.

    Days count from C-day. A nation sees its own lines once the plan is in review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    nation = models.CharField(max_length=3)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=240)
    start_d = models.FloatField(null=True, blank=True)
    end_d = models.FloatField(null=True, blank=True)
    late_d = models.FloatField(default=0)
    told = models.JSONField(default=dict)

    class Meta(Labelled.Meta):
        ordering = ("nation", "key")
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("plan", "key"), name="plan_has_a_line_once"),
        ]


class Opinion(Labelled):
    """What a nation says to its part of a plan, or to one line of it; the last one of its kind counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="opinions")
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, null=True, blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    text = models.CharField(max_length=2000, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(Labelled.Meta):
        ordering = ("-at",)
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.AGREES) | ~models.Q(text=""), name="objection_says_why"
            ),
        ]


class Released(Labelled):
    """A form of a plan that may leave the headquarters; seen by the headquarters alone until the plan is released.

    ``for_whom`` is a nation, ``ALL`` for every nation, or ``OBS`` for the observers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="released_forms")
    for_whom = models.CharField(max_length=3)
    title = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=80)
    content = models.BinaryField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta(Labelled.Meta):
        ordering = ("-released_at", "for_whom", "name")
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=("plan", "for_whom", "name"), name="plan_has_a_released_form_once"),
        ]
