"""The page of notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from muster.hq.answers import account_of, refused
from muster.hq.marking import banner_of
from muster.hq.notices import actions
from muster.hq.notices.forms import SeenForm
from muster.hq.notices.queries import list_notices
from muster.hq.paging import page_of


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told of, the last first."""
    page = page_of(list_notices(account_of(request)), request.GET.get("page"))
    shown = list(page)
    context = {
        "page": page,
        "notices": shown,
        "until": timezone.now(),
        "banner": banner_of(each.label() for each in shown),
    }
    return render(request, "notices/notices.html", context)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Note that one has seen what the page showed."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return refused(request, _("It is not known which notices you saw; open the page again."))
    actions.see_all(until=form.cleaned_data["until"], by=account_of(request), at=timezone.now())
    return redirect("notices")
