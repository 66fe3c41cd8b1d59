"""Words for jobs."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class State(models.TextChoices):
    """How far a job is."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


GOING: Final = (State.QUEUED, State.RUNNING)
"""States of a job of which more becomes."""


class Verb(models.TextChoices):
    """What is done to a job."""

    ASKED = "job_asked", _("job asked for")
    STOP_ASKED = "job_stop_asked", _("job to be stopped")
    BEGUN = "job_begun", _("job begun")
    GIVEN_BACK = "job_given_back", _("job waits again")
    ENDED = "job_ended", _("job ended")


class Outcome:
    """What is told of a job that did not end by itself, or not as it was meant to; pages tell it in one's language."""

    NOT_BEGUN: Final = gettext_noop("It was stopped before it began.")
    BEST_KEPT: Final = gettext_noop("It was stopped; the best so far is kept.")
    NOTHING_KEPT: Final = gettext_noop("It was stopped; nothing of it is kept.")
    KILLED: Final = gettext_noop("It did not stop by itself and was ended; nothing of it is kept.")
    GONE_WRONG: Final = gettext_noop("Something went wrong; the log of the server says where.")
    GIVEN_UP: Final = gettext_noop("Its process ended each time that it was begun; ask the administrator.")
    ACCOUNT_CLOSED: Final = gettext_noop("The account that asked was closed, or its post is for others now.")
