"""Documents to leak: of three nations and the headquarters, each with words that stand nowhere else."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from hq.seeded import AT, NATION_OF, account_of, look_as
from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.masks import OBSERVERS
from muster.hq.records.documents.actions import add_document, add_version, label_document
from muster.hq.records.documents.models import Document, DocumentFile
from muster.hq.records.documents.sent_files import SentFile

LABELS: Final = {
    "fra-alone": Label("FRA", Marking.RESTRICTED, frozenset()),
    "fra-poland": Label("FRA", Marking.RESTRICTED, frozenset({"POL"})),
    "gbr-coalition": Label("GBR", Marking.OPEN, frozenset({EVERY_NATION})),
    "pol-sensitive": Label("POL", Marking.SENSITIVE, frozenset({"GBR"})),
    "mnf-observers": Label("MNF", Marking.OPEN, frozenset({OBSERVERS, "FRA"})),
    "mnf-closed": Label("MNF", Marking.RESTRICTED, frozenset({OBSERVERS})),
}
"""Label of each document by its name; the last is released to observers, who are cleared for what is open only."""
PARTS: Final = ("title", "early", "late", "words")
"""What of a document has a word of its own: title, name of the first file and of the second, content of the second."""

OF_DOCUMENT: Final = {
    "document": ("GET", "/documents/{}"),
    "document-version": ("GET", "/documents/{}/versions/new"),
    "document-change": ("GET", "/documents/{}/edit"),
    "document-release": ("GET", "/documents/{}/label"),
    "document-withdraw": ("POST", "/documents/{}/withdraw"),
    "document-restore": ("POST", "/documents/{}/restore"),
}
"""Pages of one document."""
API_OF_DOCUMENT: Final = {
    "get_document": ("GET", "/api/documents/{}"),
    "add_document_version": ("SEND", "/api/documents/{}/versions"),
    "withdraw_document": ("POST", "/api/documents/{}/withdraw"),
    "restore_document": ("POST", "/api/documents/{}/restore"),
}
OF_FILE: Final = {"document-file": "/documents/files/{}", "get_document_file": "/api/documents/files/{}"}
WITHOUT_DOCUMENTS: Final = {"document-add": "/documents/new", "add_document": "/api/documents"}
PAGES: Final = {"documents", *OF_DOCUMENT, "document-file", "document-add"}
"""All pages of documents."""
OPERATIONS: Final = {"list_documents", *API_OF_DOCUMENT, "get_document_file", "add_document"}
"""All operations on documents."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Documents by their names, with their versions, the first first, and the word of each part."""

    documents: dict[str, Document]
    files: dict[str, tuple[DocumentFile, DocumentFile]]
    words: dict[tuple[str, str], str]

    def found_in(self, body: bytes) -> set[tuple[str, str]]:
        """Documents and parts whose words stand in an answer."""
        return {key for key, word in self.words.items() if word.encode() in body}


def poster(owner: str) -> str:
    """The post that adds documents of an owner."""
    return "J5-PLANS" if owner == "MNF" else f"LNO-{owner}"


def text(content: str, name: str = "order.txt") -> SentFile:
    """A file of text."""
    return SentFile(name, content.encode())


@transaction.atomic
def filed(owner: str, title: str, *, content: str = "", kind: str = "order") -> Document:
    """Have an owner add a document; what follows looks with the eyes of its post."""
    look_as(poster(owner))
    sent = text(content or secrets.token_hex(8))
    return add_document(title=title, kind=kind, file=sent, by=account_of(poster(owner)), at=AT)


def labelled(document: Document, label: Label, *, with_earlier: bool = False) -> Document:
    """Have the owner of a document say who may see it."""
    look_as(poster(document.owner))
    now = Document.objects.get(pk=document.pk)
    return label_document(
        document=document.pk, version=now.version, label=label, with_earlier=with_earlier,
        by=account_of(poster(document.owner)), at=AT,
    )  # fmt: skip


def file_all() -> Filed:
    """Have each owner add its documents with two versions, and release what is newest."""
    words = {(name, part): f"word{secrets.token_hex(8)}" for name in LABELS for part in PARTS}
    documents, files = {}, {}
    for name, label in LABELS.items():
        by = account_of(poster(label.owner))
        look_as(poster(label.owner))
        early, late = (f"{words[name, part]}.txt" for part in ("early", "late"))
        made = add_document(title=words[name, "title"], kind="report", file=text(name, early), by=by, at=AT)
        add_version(document=made.pk, version=1, file=text(words[name, "words"], late), by=by, at=AT)
        documents[name] = labelled(made, label)
        second, first = made.files.all()
        files[name] = (first, second)
    look_as(None)
    return Filed(documents, files, words)


def may_see(viewer: str | None, name: str) -> bool:
    """Whether a viewer may see a document, by the rules of disclosure and not by those of the database."""
    label = LABELS[name]
    if viewer == "J5-PLANS":
        return True
    if viewer == "OBSERVER-1":
        return OBSERVERS in label.releasable_to and label.marking is Marking.OPEN
    nation = NATION_OF.get(viewer or "")
    return nation is not None and label.is_releasable_to(nation)


def may_see_earlier(viewer: str | None, name: str) -> bool:
    """Whether a viewer may see the first version, which was never released."""
    return viewer == "J5-PLANS" or NATION_OF.get(viewer or "") == LABELS[name].owner
