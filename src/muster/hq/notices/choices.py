"""Of what accounts are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """What happened, with the sentence that tells it."""

    JOB_DONE = "job_done", _("%(job)s is done.")
    JOB_FAILED = "job_failed", _("%(job)s failed.")
    JOB_STOPPED = "job_stopped", _("%(job)s was stopped.")
