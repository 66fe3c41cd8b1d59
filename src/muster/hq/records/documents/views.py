"""Pages of documents: the list, one document with its versions, adding, changing, withdrawing, and who may see it."""

import uuid
from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.disclosure.labels import EVERY_NATION, Label
from muster.hq.access.limited import limited
from muster.hq.answers import account_of, refused, version_of
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.boundary.masks import HEADQUARTERS, OBSERVERS, bits_by_code
from muster.hq.label_form import LabelForm
from muster.hq.marking import banner_of, label_in_words
from muster.hq.paging import page_of
from muster.hq.people.proving import recently_proved
from muster.hq.people.queries import bits, list_principals
from muster.hq.records.documents import actions, queries, rules
from muster.hq.records.documents.asking import narrowed_by, seen_document, seen_file
from muster.hq.records.documents.choices import DocumentKind
from muster.hq.records.documents.forms import DocumentForm, DocumentLabelForm, TitleForm, VersionForm
from muster.hq.records.documents.models import Document
from muster.hq.records.documents.refusals import DocumentChangedMeanwhile, DocumentRefused
from muster.hq.records.documents.taken_files import taken_file
from muster.hq.records.queries import list_events


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Documents that one may see, narrowed by what is asked, what changed last first."""
    narrowed, principals = narrowed_by(request.GET.dict()), list_principals()
    page = page_of(queries.list_documents(narrowed), request.GET.get("page"))
    labels = bits_by_code((principal.code, principal.bit) for principal in principals)
    shown = [(document, file, document.label(labels)) for document, file in queries.with_newest(page)]
    context = {
        "page": page,
        "rows": [(document, file, label_in_words(label)) for document, file, label in shown],
        "narrowed": narrowed,
        "kinds": DocumentKind.choices,
        "owners": [(principal.code, str(principal)) for principal in principals],
        "markings": [(marking.value, marking.value) for marking in MARKINGS],
        "may_add": rules.may_add(account_of(request)),
        "banner": banner_of(label for _, _, label in shown),
    }
    return render(request, "records/documents.html", context)


@require_GET
def document(request: HttpRequest, document: uuid.UUID) -> HttpResponse:
    """One document: its versions, who may see it, and what was done to it."""
    found, principals = seen_document(document), list_principals()
    labels = bits_by_code((principal.code, principal.bit) for principal in principals)
    label = found.label(labels)
    files = [(file, file.label(labels)) for file in queries.list_files(found)]
    context = {
        "document": found,
        "label": label_in_words(label),
        "readers": _readers(label, {principal.code: principal.name for principal in principals}),
        "files": [(file, label_in_words(of_file)) for file, of_file in files],
        "events": list_events(found.pk),
        "may_change": rules.may_change(account_of(request), found),
        "banner": banner_of([label, *(of_file for _, of_file in files)]),
    }
    return render(request, "records/document.html", context)


@require_GET
@limited
def file(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """One version as it was sent."""
    return taken_file(seen_file(file), account_of(request), at=timezone.now())


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a document; its owner and the headquarters see it, until it is released to others."""
    account = account_of(request)
    if not rules.may_add(account):
        return refused(request, _("Only the headquarters and nations add documents."))
    form = DocumentForm(request.POST or None, request.FILES or None)

    def save() -> Document:
        said = form.cleaned_data
        return actions.add_document(
            title=said["title"], kind=said["kind"], file=form.sent(), by=account, at=timezone.now()
        )  # fmt: skip

    return _saved(request, form, None, _("New document"), save)


@require_http_methods(["GET", "POST"])
def add_version(request: HttpRequest, document: uuid.UUID) -> HttpResponse:
    """Add a version of a document."""
    found, account = seen_document(document), account_of(request)
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s adds versions of this document.") % {"owner": found.owner})
    form = VersionForm(request.POST or None, request.FILES or None, initial={"version": found.version})

    def save() -> Document:
        return actions.add_version(
            document=document, version=version_of(request), file=form.sent(), by=account, at=timezone.now()
        )

    return _saved(request, form, found, _("New version of %(title)s") % {"title": found}, save)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, document: uuid.UUID) -> HttpResponse:
    """Say otherwise what a document is called, or of what kind it is."""
    found, account = seen_document(document), account_of(request)
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s edits this document.") % {"owner": found.owner})
    form = TitleForm(request.POST or None, initial=TitleForm.said(found))

    def save() -> Document:
        said = form.cleaned_data
        return actions.change_document(
            document=document, version=version_of(request), title=said["title"], kind=said["kind"],
            by=account, at=timezone.now(),
        )  # fmt: skip

    return _saved(request, form, found, _("Edit %(row)s") % {"row": found}, save)


@require_http_methods(["GET", "POST"])
@recently_proved
def release(request: HttpRequest, document: uuid.UUID) -> HttpResponse:
    """Say who may see a document."""
    found, account = seen_document(document), account_of(request)
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s says who may see this document.") % {"owner": found.owner})
    initial = LabelForm.said(found.label(bits()), found.version)
    form = DocumentLabelForm(
        request.POST or None, initial=initial, owner=found.owner, has_earlier=len(queries.list_files(found)) > 1
    )

    def save() -> Document:
        return actions.label_document(
            document=document, version=version_of(request), label=form.label(),
            with_earlier=form.cleaned_data.get("with_earlier", False), by=account, at=timezone.now(),
        )  # fmt: skip

    return _saved(request, form, found, _("Who may see %(row)s") % {"row": found}, save)


@require_POST
def act(request: HttpRequest, document: uuid.UUID, act: str) -> HttpResponse:
    """Withdraw a document, or put it back."""
    found, account, version, at = seen_document(document), account_of(request), version_of(request), timezone.now()
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s withdraws this document, or puts it back.") % {"owner": found.owner})
    of = {"withdraw": actions.withdraw_document, "restore": actions.restore_document}
    try:
        of[act](document=document, version=version, by=account, at=at)
    except DocumentChangedMeanwhile as first:
        return _second(request, first.document)
    except DocumentRefused as why:
        return refused(request, str(why))
    return redirect("document", document)


def _saved(
    request: HttpRequest, form: forms.Form, found: Document | None, title: str, save: Callable[[], Document]
) -> HttpResponse:
    """Save what a form says, and lead to the document; the form again with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("document", save().pk)
        except DocumentChangedMeanwhile as first:
            return _second(request, first.document)
        except DocumentRefused as why:
            form.add_error(why.field, str(why))
    context = {
        "form": form,
        "document": found,
        "title": title,
        "banner": None if found is None else banner_of([found.label(bits())]),
    }
    return render(request, "records/document_form.html", context, status=422 if request.method == "POST" else 200)


def _second(request: HttpRequest, now: Document) -> HttpResponse:
    """Tell whoever comes second that nothing of theirs was saved."""
    context = {"document": now, "banner": banner_of([now.label(bits())])}
    return render(request, "records/document_changed.html", context, status=409)


def _readers(label: Label, names: Mapping[str, str]) -> list[str]:
    """Who may see a thing, the headquarters first."""
    headquarters = names[HEADQUARTERS]
    if EVERY_NATION in label.releasable_to:
        return [headquarters, _("every nation of the coalition")]
    told = {**names, OBSERVERS: _("observers")}
    others = (label.releasable_to | {label.owner}) - {HEADQUARTERS}
    return [headquarters, *(told[code] for code in sorted(others))]
