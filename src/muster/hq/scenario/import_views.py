"""Pages of imports: sending a file, looking at everything that it would change, and saying yes or no."""

import uuid
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from muster.hq.answers import account_of, refused
from muster.hq.marking import banner_of
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.scenario import actions, importing
from muster.hq.scenario.models import Import

SHOWN: Final = 200
"""Rows of each kind that a preview shows; it counts all."""


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send a file; nothing changes before its preview is answered."""
    account = account_of(request)
    if not owner_for(account):
        return refused(request, _("Only the headquarters and nations import rows."))
    file, wrong = request.FILES.get("file"), ""
    if request.method == "POST":
        if file is None:
            wrong = _("Choose a file first.")
        elif (file.size or 0) > importing.LARGEST:
            wrong = _("The file is larger than %(n)d bytes; send it in parts.") % {"n": importing.LARGEST}
        else:
            kept = importing.upload(
                name=str(file.name), content=file.read(), by=account, at=timezone.now()
            )  # fmt: skip
            return redirect("import", kept.id)
    waiting = [
        each for each in Import.objects.defer("content").filter(ended_at=None) if each.owner == owner_for(account)
    ]
    labels = bits()
    context = {"wrong": wrong, "waiting": waiting, "banner": banner_of(each.label(labels) for each in waiting)}
    return render(request, "scenario/import_send.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, kept: uuid.UUID) -> HttpResponse:
    """What a file would change, row by row; applies it or drops it."""
    account, found = account_of(request), get_object_or_404(Import, pk=kept)
    if found.owner != owner_for(account):
        return refused(request, _("Only %(owner)s answers this import.") % {"owner": found.owner})
    if request.method == "POST":
        try:
            if "drop" in request.POST:
                importing.drop_import(kept=kept, by=account, at=timezone.now())
                return redirect("import-send")
            importing.apply_import(
                kept=kept, remove_absent="remove_absent" in request.POST, by=account, at=timezone.now()
            )
            return redirect("import", kept)
        except (actions.RowRefused, actions.RowChangedMeanwhile) as why:
            return refused(request, str(why))
    seen = None if found.ended_at else importing.preview(found, account)
    context = {"kept": found, "seen": seen, "shown": SHOWN, "banner": banner_of([found.label(bits())])}
    return render(request, "scenario/import.html", context)
