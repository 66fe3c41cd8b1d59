"""Words for posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post may do; it comes from the post, not from the person."""

    PLANNER = "planner", _("headquarters planner")
    LIAISON = "liaison", _("national liaison officer")
    OBSERVER = "observer", _("observer")
    ADMINISTRATOR = "administrator", _("administrator")
