"""What pages and programs ask for, by the same words: a document, a version, and what a list is narrowed to."""

import uuid
from collections.abc import Mapping

from django.shortcuts import get_object_or_404

from muster.hq.records.documents.models import Document, DocumentFile
from muster.hq.records.documents.queries import DocumentFilter


def seen_document(document: uuid.UUID) -> Document:
    """A document that the viewer may see; one that they may not see does not exist for them."""
    return get_object_or_404(Document, pk=document)


def seen_file(file: uuid.UUID) -> DocumentFile:
    """A version that the viewer may see, its content not read yet; another does not exist for them."""
    return get_object_or_404(DocumentFile.objects.defer("content"), pk=file)


def narrowed_by(asked: Mapping[str, str]) -> DocumentFilter:
    """What a list is narrowed to: ``text``, ``kind``, ``owner``, ``marking``, and ``withdrawn`` for those too."""
    said = {name: asked.get(name, "").strip() for name in ("text", "kind", "owner", "marking")}
    return DocumentFilter(**said, with_withdrawn=asked.get("withdrawn") == "1")
