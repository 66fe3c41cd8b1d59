"""Words of keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a program may do with a key."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")


class KeyVerb(models.TextChoices):
    """What is done to a key."""

    MADE = "key_made", _("key made")
    REVOKED = "key_revoked", _("key revoked")
