"""Words of what is done to the keys of a headquarters, and to what it keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from muster.hq.records.hand_over import HANDED_OVER


class KeyVerb(models.TextChoices):
    """What is done to the keys of the site and of the context."""

    HANDED_OVER = HANDED_OVER, _("key of the site handed over")
    TAKEN_UP = "site_key_taken_up", _("new key of the site taken up")
    CONTEXT_CHANGED = "context_key_changed", _("key of the context changed")


class KeptVerb(models.TextChoices):
    """What is done to what is kept for a while."""

    REMOVED = "personal_data_removed", _("personal data removed")
