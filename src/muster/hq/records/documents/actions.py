"""What can be done to documents. Each action is one transaction and leaves one event, which never holds the content."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import Label, Marking
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json
from muster.hq.records.documents.choices import DocumentKind, DocumentVerb
from muster.hq.records.documents.models import LONGEST_TITLE, Document, DocumentFile
from muster.hq.records.documents.refusals import DocumentChangedMeanwhile, DocumentRefused
from muster.hq.records.documents.rules import may_add, may_change
from muster.hq.records.documents.sent_files import SentFile, refuse_file

_LABEL: Final = ("marking", "rel_low", "rel_high")
"""Columns of a file that can be changed."""


@transaction.atomic
def add_document(*, title: str, kind: str, file: SentFile, by: Account, at: datetime) -> Document:
    """Add a document with its first version, restricted, seen by its owner and the headquarters.

    Raises
    ------
    DocumentRefused
        When the account adds none, the title is taken, or the file is not kept or there already.
    """
    owner = owner_for(by)
    if not may_add(by):
        raise DocumentRefused(_("Only the headquarters and nations add documents."))
    refuse_file(file)
    _refuse_twice(owner, file)
    document = Document(changed_at=at)
    document.put_label(Label(owner, Marking.RESTRICTED, frozenset()), bits())
    said = _fill(document, title, kind)
    document.save(force_insert=True)
    told = _first_said({**said, **_kept(document, 1, file, by, at)}, 0)
    record(by=by, verb=DocumentVerb.ADDED, about=document, changes=told, at=at)
    return document


@transaction.atomic
def add_version(*, document: uuid.UUID, version: int, file: SentFile, by: Account, at: datetime) -> Document:
    """Add a version of a document, under its label; those before stay as they are.

    Parameters
    ----------
    version
        Version of the record that whoever adds it had before them.

    Raises
    ------
    DocumentChangedMeanwhile
        When somebody else changed it first.
    DocumentRefused
        When the account may not, the document is withdrawn, or the file is not kept or there already.
    """
    found = _locked(document, version, by)
    if found.withdrawn_at is not None:
        raise DocumentRefused(_('"%(title)s" is withdrawn; put it back first.') % {"title": found})
    refuse_file(file)
    _refuse_twice(found.owner, file, found)
    number = found.files.values_list("number", flat=True)[0] + 1
    told = _first_said(_kept(found, number, file, by, at), found.version)
    return _recorded(found, DocumentVerb.VERSION_ADDED, told, by, at)


@transaction.atomic
def change_document(
    *, document: uuid.UUID, version: int, title: str, kind: str, by: Account, at: datetime
) -> Document:  # fmt: skip
    """Say otherwise what a document is called, or of what kind it is; saying the same leaves no event.

    Raises
    ------
    DocumentChangedMeanwhile, DocumentRefused
        As for :func:`add_version`.
    """
    found = _locked(document, version, by)
    before = {"title": found.title, "kind": found.kind}
    said = _fill(found, title, kind)
    changes = [Change(name, before[name], said[name], found.version) for name in before if before[name] != said[name]]
    return _recorded(found, DocumentVerb.CHANGED, changes, by, at) if changes else found


@transaction.atomic
def label_document(
    *, document: uuid.UUID, version: int, label: Label, with_earlier: bool, by: Account, at: datetime
) -> Document:
    """Change who may see a document and its newest version.

    Parameters
    ----------
    with_earlier
        Whether earlier versions get the label too; otherwise nobody sees more of them than before.

    Raises
    ------
    DocumentChangedMeanwhile, DocumentRefused
        As for :func:`add_version`.
    """
    found = _locked(document, version, by)
    if label.owner != found.owner:
        raise DocumentRefused(_('"%(title)s" stays with %(owner)s.') % {"title": found, "owner": found.owner})
    labels = bits()
    before = str(found.label(labels))
    found.put_label(label, labels)
    newest, *earlier = found.files.defer("content")
    for file in (newest, *earlier):
        if with_earlier or file is newest:
            file.copy_label(found)
        else:
            file.narrow_label(found)
        file.save(update_fields=_LABEL)
    changes = [Change("label", before, str(found.label(labels)), found.version)]
    if earlier and with_earlier:
        changes.append(Change("earlier versions too", None, True, found.version))
    return _recorded(found, DocumentVerb.RELEASED, changes, by, at)


@transaction.atomic
def withdraw_document(*, document: uuid.UUID, version: int, by: Account, at: datetime) -> Document:
    """Withdraw a document: it holds no more, and stays on record for whoever may see it.

    Raises
    ------
    DocumentChangedMeanwhile, DocumentRefused
        As for :func:`add_version`; also refused where it is withdrawn already.
    """
    found = _locked(document, version, by)
    if found.withdrawn_at is not None:
        raise DocumentRefused(_('"%(title)s" is withdrawn already.') % {"title": found})
    found.withdrawn_at = at
    return _recorded(found, DocumentVerb.WITHDRAWN, [Change("withdrawn", False, True, found.version)], by, at)


@transaction.atomic
def restore_document(*, document: uuid.UUID, version: int, by: Account, at: datetime) -> Document:
    """Put a document back that was withdrawn.

    Raises
    ------
    DocumentChangedMeanwhile, DocumentRefused
        As for :func:`add_version`; also refused where it is not withdrawn, or another has its title by now.
    """
    found = _locked(document, version, by)
    if found.withdrawn_at is None:
        raise DocumentRefused(_('"%(title)s" is not withdrawn.') % {"title": found})
    _refuse_taken(found, found.title)
    found.withdrawn_at = None
    return _recorded(found, DocumentVerb.RESTORED, [Change("withdrawn", True, False, found.version)], by, at)


def _fill(document: Document, title: str, kind: str) -> dict[str, Json]:
    """Set title and kind; gives what is said now."""
    said = " ".join(title.split())
    if not said or len(said) > LONGEST_TITLE:
        raise DocumentRefused(_("A document has a title of at most %(n)d signs.") % {"n": LONGEST_TITLE}, field="title")
    if kind not in DocumentKind.values:
        raise DocumentRefused(_("Choose the kind from the list."), field="kind")
    _refuse_taken(document, said)
    document.title, document.words, document.kind = said, said.casefold(), kind
    return {"title": said, "kind": kind}


def _refuse_taken(document: Document, title: str) -> None:
    same = Document.objects.filter(owner=document.owner, title=title, withdrawn_at__isnull=True)
    if same.exclude(pk=document.pk).exists():
        raise DocumentRefused(
            _('%(owner)s has a document "%(title)s" already; add a version to it, or choose another title.')
            % {"owner": document.owner, "title": title},
            field="title",
        )


def _refuse_twice(owner: str, file: SentFile, document: Document | None = None) -> None:
    """Refuse bytes that the owner has kept already; a document may go back to an earlier version of its own."""
    same = DocumentFile.objects.filter(owner=owner, sha256=file.digest()).defer("content").select_related("document")
    newest = None if document is None else document.files.defer("content")[0].pk
    for kept in same:
        if document is None or kept.document_id != document.pk or kept.pk == newest:
            told = {"file": file.name, "title": kept.document, "number": kept.number, "at": f"{kept.added_at:%Y-%m-%d}"}
            rule = _('"%(file)s" is kept already, byte for byte: version %(number)d of "%(title)s", added %(at)s.')
            if kept.document.withdrawn_at is not None:
                rule = " ".join([rule, _("That document is withdrawn; put it back instead.")])
            raise DocumentRefused(rule % told, field="file")


def _kept(document: Document, number: int, file: SentFile, by: Account, at: datetime) -> Mapping[str, Json]:
    """Keep a version under the label of its document; gives what the journal is told of it."""
    kept = DocumentFile(
        document=document,
        number=number,
        name=file.name,
        words=file.name.casefold(),
        dated_on=file.dated_on,
        size_bytes=len(file.content),
        sha256=file.digest(),
        added_by=by.get_username(),
        added_at=at,
        content=file.content,
    )
    kept.copy_label(document)
    kept.save(force_insert=True)
    return {
        "version": number,
        "file": kept.name,
        "dated_on": None if kept.dated_on is None else kept.dated_on.isoformat(),
        "size_bytes": kept.size_bytes,
        "sha256": kept.sha256,
    }


def _locked(document: uuid.UUID, version: int, by: Account) -> Document:
    found = Document.objects.select_for_update().get(pk=document)
    if not may_change(by, found):
        raise DocumentRefused(
            _('Only %(owner)s changes "%(title)s", and says who may see it.') % {"owner": found.owner, "title": found}
        )
    if found.version != version:
        raise DocumentChangedMeanwhile(found)
    return found


def _first_said(told: Mapping[str, Json], base_version: int) -> list[Change]:
    return [Change(name, None, value, base_version) for name, value in told.items()]


def _recorded(document: Document, verb: DocumentVerb, changes: list[Change], by: Account, at: datetime) -> Document:
    document.version += 1
    document.changed_at = at
    document.save(force_update=True)
    record(by=by, verb=verb, about=document, changes=changes, at=at)
    return document
