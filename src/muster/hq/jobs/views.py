"""Pages of jobs: the list, one job with how far it is, and the part of it that a page looks at again and again."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from muster.hq.answers import account_of, refused
from muster.hq.jobs import actions, rules
from muster.hq.jobs.kinds import KINDS
from muster.hq.jobs.models import Job
from muster.hq.jobs.queries import list_jobs
from muster.hq.marking import banner_of
from muster.hq.notices.actions import see_page
from muster.hq.paging import page_of
from muster.hq.people.queries import bits
from muster.hq.records.queries import list_events


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs that one may see, those that go on first."""
    page, labels = page_of(list_jobs(), request.GET.get("page")), bits()
    shown = list(page)
    context = {"page": page, "jobs": shown, "banner": banner_of(job.label(labels) for job in shown)}
    return render(request, "jobs/jobs.html", context)


@require_GET
def job(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """One job; whoever sees that it has ended needs no notice of it any more."""
    found = _job(job)
    if found.is_over:
        see_page(link=request.path, by=account_of(request), at=timezone.now())
    kind = KINDS.get(found.kind)
    context = {
        "job": found,
        "result": reverse(kind.page, args=[found.result]) if kind and found.result else "",
        "may_stop": rules.may_stop(account_of(request), found) and not found.is_over,
        "events": list_events(job),
        "banner": banner_of([found.label(bits())]),
    }
    return render(request, "jobs/job.html", context)


@require_GET
def progress(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """How far a job is: what its page puts in the place of what it showed before."""
    return render(request, "jobs/progress.html", {"job": _job(job)})


@require_POST
def stop(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """Ask a job to stop."""
    try:
        actions.ask_to_stop(job=_job(job).pk, by=account_of(request), at=timezone.now())
    except actions.JobRefused as why:
        return refused(request, str(why))
    return redirect("job", job)


def _job(job: uuid.UUID) -> Job:
    """A job that the viewer may see; one that they may not see does not exist for them."""
    return get_object_or_404(Job, pk=job)
