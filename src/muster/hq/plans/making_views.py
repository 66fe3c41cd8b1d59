"""Pages that begin long work on plans."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from muster.hq.answers import account_of, refused, version_of
from muster.hq.jobs.actions import JobRefused, ask
from muster.hq.people.viewing import owner_for
from muster.hq.plans import rules
from muster.hq.plans.choices import MAKE, PROPOSE
from muster.hq.plans.forms import MakeForm
from muster.hq.plans.views import plan_of
from muster.hq.scenario.versions import keep_version


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a plan; what stands now is kept as a version first, unless another version is chosen."""
    account, at = account_of(request), timezone.now()
    if not rules.may_make(account):
        return refused(request, _("Only the headquarters makes plans."))
    form = MakeForm(request.POST or None, owner=owner_for(account))
    if request.method == "POST" and form.is_valid():
        given, asked = form.cleaned_data, form.asked()
        version = given["of_version"] or str(keep_version(title=given["title"], by=account, at=at).pk)
        try:
            job = ask(
                kind=MAKE,
                title=given["title"],
                parameters={
                    "plan_kind": given["kind"],
                    "title": given["title"],
                    "of_version": version,
                    "case": asked.case,
                    "seed": asked.seed,
                    "time_limit_s": int(asked.time_limit_s),
                },
                by=account,
                at=at,
            )
        except JobRefused as why:
            return refused(request, str(why))
        return redirect("job", job.pk)
    return render(request, "plans/make.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_POST
def propose(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """Have it worked out what of a plan may be released, and proposed."""
    found, account = plan_of(plan), account_of(request)
    if not rules.may_propose(account, found):
        return refused(request, _("Only the headquarters proposes a plan for release, and not one proposed already."))
    try:
        job = ask(
            kind=PROPOSE,
            title=_("Release of %(plan)s") % {"plan": found},
            parameters={"plan": str(found.pk), "version": version_of(request)},
            by=account,
            at=timezone.now(),
        )
    except JobRefused as why:
        return refused(request, str(why))
    return redirect("job", job.pk)
