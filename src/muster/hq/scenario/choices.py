"""Words for what is done to the scenario."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What is done to a row, a version or an import."""

    ENTERED = "row_entered", _("row entered")
    CHANGED = "row_changed", _("row changed")
    WITHDRAWN = "offer_withdrawn", _("offer withdrawn")
    REMOVED = "row_removed", _("row removed")
    RESTORED = "row_restored", _("row put back")
    UNDONE = "row_undone", _("last change undone")
    RELEASED = "row_released", _("label of a row changed")
    SETTLED = "conflict_settled", _("conflict settled")
    VERSION_KEPT = "version_kept", _("version kept")
    IMPORT_UPLOADED = "import_uploaded", _("import uploaded")
    IMPORT_APPLIED = "import_applied", _("import applied")
    IMPORT_DROPPED = "import_dropped", _("import dropped")
