"""Words for jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a job is."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class Verb(models.TextChoices):
    """What is done to a job."""

    ASKED = "job_asked", _("job asked for")
    STOP_ASKED = "job_stop_asked", _("job to be stopped")
    BEGUN = "job_begun", _("job begun")
    ENDED = "job_ended", _("job ended")
