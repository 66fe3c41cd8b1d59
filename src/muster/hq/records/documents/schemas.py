"""What programs send and are given about documents."""

import uuid
from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from muster.hq.records.documents.choices import DocumentKind
from muster.hq.records.documents.models import LONGEST_TITLE, Document, DocumentFile
from muster.hq.records.documents.taken_files import media_type_of
from muster.hq.shapes import LabelOut
from muster.hq.wrong import Wrong

_LARGEST_VERSION = 10**9


class FileOut(Schema):
    """A version of a document."""

    id: uuid.UUID
    number: int
    name: str
    media_type: str
    dated_on: date | None = Field(description="Date that it bears; null is not said.")
    size_bytes: int
    sha256: str
    added_by: str
    added_at: datetime
    label: LabelOut

    @classmethod
    def of(cls, file: DocumentFile, bits: dict[str, int]) -> "FileOut":
        """A version with its label."""
        return cls(
            id=file.pk,
            number=file.number,
            name=file.name,
            media_type=media_type_of(file),
            dated_on=file.dated_on,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            added_by=file.added_by,
            added_at=file.added_at,
            label=LabelOut.of(file.label(bits)),
        )


class DocumentOut(Schema):
    """A document with those of its versions that are asked for, the newest first."""

    id: uuid.UUID
    title: str
    kind: DocumentKind
    owner: str
    label: LabelOut
    version: int = Field(description="Counts changes of any kind; send it with the next one.")
    changed_at: datetime
    withdrawn_at: datetime | None
    files: list[FileOut]

    @classmethod
    def of(cls, document: Document, files: list[DocumentFile], bits: dict[str, int]) -> "DocumentOut":
        """A document with its label."""
        return cls(
            id=document.pk,
            title=document.title,
            kind=DocumentKind(document.kind),
            owner=document.owner,
            label=LabelOut.of(document.label(bits)),
            version=document.version,
            changed_at=document.changed_at,
            withdrawn_at=document.withdrawn_at,
            files=[FileOut.of(file, bits) for file in files],
        )


class DocumentsOut(Schema):
    """A page of documents, each with its newest version, and the marking of everything on it."""

    documents: list[DocumentOut]
    count: int = Field(description="Documents on all pages.")
    page: int
    pages: int
    marking: str


class FileIn(Schema):
    """What is said of a file that is sent with it."""

    dated_on: date | None = Field(None, description="Date that it bears; left out is not said.")


class DocumentIn(FileIn):
    """What is said of a new document."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    kind: DocumentKind


class FileOfVersionIn(FileIn):
    """What is said of a new version, and the version of the document that you had before you."""

    version: int = Field(ge=1, le=_LARGEST_VERSION)


class DocumentVersionIn(Schema):
    """The version of the document that you had before you."""

    version: int = Field(ge=1, le=_LARGEST_VERSION)


class DocumentConflict(Wrong):
    """Somebody else changed the document first: the document as it is now."""

    document: DocumentOut
