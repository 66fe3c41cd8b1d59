"""Words for what is done to saved views."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ViewVerb(models.TextChoices):
    """What is done to a saved view."""

    SAVED = "view_saved", _("view saved")
    REMOVED = "view_removed", _("view removed")
