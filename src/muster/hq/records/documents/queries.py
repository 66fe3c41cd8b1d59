"""Reads of documents: the boundary leaves only what the viewer may see, whatever is asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from muster.hq.boundary.labelled import MARKINGS
from muster.hq.records.documents.models import Document, DocumentFile


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a list is narrowed to; what is empty does not narrow it.

    Attributes
    ----------
    text
        What the title holds, or the name of a file that the viewer may see.
    """

    text: str = ""
    kind: str = ""
    owner: str = ""
    marking: str = ""
    with_withdrawn: bool = False


def list_documents(narrowed: DocumentFilter = DocumentFilter()) -> QuerySet[Document]:
    """Documents, what changed last first."""
    found = Document.objects.all()
    if narrowed.text:
        holds = GreaterThan(StrIndex("words", Value(narrowed.text.casefold())), 0)
        found = found.filter(Q(holds) | Q(pk__in=DocumentFile.objects.filter(holds).values("document_id")))
    if narrowed.kind:
        found = found.filter(kind=narrowed.kind)
    if narrowed.owner:
        found = found.filter(owner=narrowed.owner)
    if narrowed.marking:
        found = found.filter(marking__in=[n for n, each in enumerate(MARKINGS) if each.value == narrowed.marking])
    return found if narrowed.with_withdrawn else found.filter(withdrawn_at__isnull=True)


def list_files(document: Document) -> QuerySet[DocumentFile]:
    """Versions of a document, the newest first, without their content."""
    return DocumentFile.objects.filter(document=document).defer("content")


def with_newest(documents: Iterable[Document]) -> list[tuple[Document, DocumentFile]]:
    """Each document with its newest version, without its content; one that was closed meanwhile is left out."""
    found = {document.pk: document for document in documents}
    files = DocumentFile.objects.filter(document__in=list(found)).defer("content")
    newest = {file.document_id: file for file in files.order_by("document_id", "-number").distinct("document_id")}
    return [(document, newest[key]) for key, document in found.items() if key in newest]
