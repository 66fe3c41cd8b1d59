"""Words for plans."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a plan is."""

    MATCHING = "matching", _("matching")
    DEPLOYMENT = "deployment", _("deployment")


class State(models.TextChoices):
    """How far a plan is on its way to those whom it concerns."""

    MADE = "made", _("made")
    IN_REVIEW = "in review", _("in review")
    PROPOSED = "proposed", _("proposed for release")
    RELEASED = "released", _("released")
    SET_ASIDE = "set aside", _("set aside")


class Verdict(models.TextChoices):
    """What a nation says to its part of a plan."""

    AGREES = "agrees", _("agrees")
    OBJECTS = "objects", _("objects")
    REMARKS = "remarks", _("remarks")


MAKE: Final = "make a plan"
PROPOSE: Final = "prepare a release"
"""Kinds of long work on plans."""


class Verb(models.TextChoices):
    """What is done to a plan."""

    KEPT = "plan_kept", _("plan kept")
    SENT = "plan_sent_for_review", _("plan sent for review")
    OPINION = "opinion_given", _("opinion given")
    PREPARED = "release_prepared", _("release prepared")
    PROPOSED = "release_proposed", _("release proposed")
    RELEASED = "plan_released", _("plan released")
    TAKEN_BACK = "proposal_taken_back", _("proposal taken back")
    SET_ASIDE = "plan_set_aside", _("plan set aside")
