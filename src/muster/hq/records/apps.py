"""Django application of records."""

from django.apps import AppConfig

from muster.hq.records.choices import KeptVerb, KeyVerb
from muster.hq.records.documents.choices import DocumentVerb
from muster.hq.records.verbs import name_verbs


class RecordsConfig(AppConfig):
    """The journal of every write, and documents."""

    name = "muster.hq.records"
    label = "records"

    def ready(self) -> None:
        """Name what is done to keys, to what is kept for a while, and to documents."""
        name_verbs(KeyVerb)
        name_verbs(KeptVerb)
        name_verbs(DocumentVerb)
