"""Words for documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What a document is."""

    ORDER = "order", _("order")
    DIRECTIVE = "directive", _("directive")
    ANNEX = "annex", _("annex")
    REPORT = "report", _("report")
    MINUTES = "minutes", _("minutes")
    AGREEMENT = "agreement", _("agreement")
    PROCEDURE = "procedure", _("standing operating procedure")
    FORM = "form", _("form")
    MAP = "map", _("map")
    OTHER = "other", _("other")


class DocumentVerb(models.TextChoices):
    """What is done to a document."""

    ADDED = "document_added", _("document added")
    VERSION_ADDED = "document_version_added", _("version of a document added")
    CHANGED = "document_changed", _("title or kind of a document changed")
    RELEASED = "document_released", _("label of a document changed")
    WITHDRAWN = "document_withdrawn", _("document withdrawn")
    RESTORED = "document_restored", _("document put back")
