"""What cannot be done to a document."""

from django.utils.translation import gettext as _

from muster.hq.records.documents.models import Document


class DocumentRefused(Exception):
    """Something that the rules do not allow, or a file or title that is not kept.

    Attributes
    ----------
    field
        Part of the form that it is about; None for the whole.
    """

    def __init__(self, why: str, *, field: str | None = None) -> None:
        super().__init__(why)
        self.field = field


class DocumentChangedMeanwhile(Exception):
    """Somebody else changed the document first.

    Attributes
    ----------
    document
        As it is now.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(_('Document "%(title)s" has changed since it was opened.') % {"title": document})
        self.document = document
