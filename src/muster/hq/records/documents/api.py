"""For programs: documents and their versions."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Annotated

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from muster.hq.access.reading import take_out
from muster.hq.answers import account_of
from muster.hq.marking import banner_of
from muster.hq.paging import PAGE
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.records.documents import actions, rules
from muster.hq.records.documents.asking import narrowed_by, seen_document, seen_file
from muster.hq.records.documents.models import Document
from muster.hq.records.documents.queries import list_documents, list_files, with_newest
from muster.hq.records.documents.schemas import (
    DocumentConflict,
    DocumentIn,
    DocumentOut,
    DocumentsOut,
    DocumentVersionIn,
    FileOfVersionIn,
)
from muster.hq.records.documents.sent_files import read_sent
from muster.hq.records.documents.taken_files import taken_file
from muster.hq.shapes import PageNumber
from muster.hq.wrong import WRONG, NotAllowed, given

router = Router(tags=["documents"])
_SAVED = {200: DocumentOut, 409: DocumentConflict, **WRONG}


@router.get("/documents", response={200: DocumentsOut, **WRONG}, operation_id="list_documents")
def documents(
    request: HttpRequest,
    text: Annotated[str, Field(description="What the title or the name of a file must hold.")] = "",
    kind: Annotated[str, Field(description="Of which kind.")] = "",
    owner: Annotated[str, Field(description="Whose documents.")] = "",
    marking: Annotated[str, Field(description="How they are marked.")] = "",
    withdrawn: Annotated[bool, Field(description="Whether those that were withdrawn are listed too.")] = False,
    page: PageNumber = 1,
) -> DocumentsOut:
    """Documents that you may see, fifty on a page, what changed last first, each with its newest version."""
    asked = {"text": text, "kind": kind, "owner": owner, "marking": marking, "withdrawn": "1" if withdrawn else ""}
    shown, labels = Paginator(list_documents(narrowed_by(asked)), PAGE).get_page(page), bits()
    found = with_newest(shown)
    take_out(account_of(request), len(found), at=timezone.now())
    return DocumentsOut(
        documents=[DocumentOut.of(document, [file], labels) for document, file in found],
        count=shown.paginator.count,
        page=shown.number,
        pages=shown.paginator.num_pages,
        marking=banner_of(document.label(labels) for document, _ in found),
    )


@router.get("/documents/{uuid:document}", response={200: DocumentOut, **WRONG}, operation_id="get_document")
def document(request: HttpRequest, document: uuid.UUID) -> DocumentOut:
    """One document with all versions that you may see."""
    return _told(seen_document(document))


@router.get(
    "/documents/files/{uuid:file}",
    response={200: None, **WRONG},
    operation_id="get_document_file",
    openapi_extra=given("*/*"),
)
def file(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """One version as it was sent; each begun kilobyte counts as a row that is taken out."""
    return taken_file(seen_file(file), account_of(request), at=timezone.now())


@router.post("/documents", response={201: DocumentOut, **WRONG}, operation_id="add_document")
def add(request: HttpRequest, sent: Form[DocumentIn], file: File[UploadedFile]) -> Status[DocumentOut]:
    """Add a document with its first version; its owner and the headquarters see it. It is released on its page."""
    account = account_of(request)
    if not rules.may_add(account):
        raise NotAllowed("Documents are added by the headquarters and by nations.")
    made = actions.add_document(
        title=sent.title, kind=sent.kind, file=read_sent(file, sent.dated_on), by=account, at=timezone.now()
    )
    return Status(201, _told(made))


@router.post("/documents/{uuid:document}/versions", response=_SAVED, operation_id="add_document_version")
def add_version(
    request: HttpRequest, document: uuid.UUID, sent: Form[FileOfVersionIn], file: File[UploadedFile]
) -> DocumentOut:
    """Add a version of a document, under its label; those before stay as they are."""
    _, account = _own_document(request, document)
    kept = read_sent(file, sent.dated_on)
    return _told(
        actions.add_version(document=document, version=sent.version, file=kept, by=account, at=timezone.now())
    )  # fmt: skip


@router.post("/documents/{uuid:document}/withdraw", response=_SAVED, operation_id="withdraw_document")
def withdraw(request: HttpRequest, document: uuid.UUID, sent: DocumentVersionIn) -> DocumentOut:
    """Withdraw a document: it holds no more, and stays on record for whoever may see it."""
    return _act(request, document, partial(actions.withdraw_document, version=sent.version))


@router.post("/documents/{uuid:document}/restore", response=_SAVED, operation_id="restore_document")
def restore(request: HttpRequest, document: uuid.UUID, sent: DocumentVersionIn) -> DocumentOut:
    """Put a document back that was withdrawn."""
    return _act(request, document, partial(actions.restore_document, version=sent.version))


def _own_document(request: HttpRequest, document: uuid.UUID) -> tuple[Document, Account]:
    found, account = seen_document(document), account_of(request)
    if not rules.may_change(account, found):
        raise NotAllowed(f"Only {found.owner} changes this document, and says who may see it.")
    return found, account


def _act(request: HttpRequest, document: uuid.UUID, act: Callable[..., Document]) -> DocumentOut:
    _, account = _own_document(request, document)
    return _told(act(document=document, by=account, at=timezone.now()))


def _told(document: Document) -> DocumentOut:
    return DocumentOut.of(document, list(list_files(document)), bits())
