"""The page of records."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from muster.hq.marking import banner_of
from muster.hq.paging import page_of
from muster.hq.people.queries import bits
from muster.hq.records.queries import told_events, visible_events


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """Events that one may see, the last first."""
    page = page_of(visible_events(), request.GET.get("page"))
    labels = bits()
    banner = banner_of(event.label(labels) for event in page)
    return render(request, "records/records.html", {"page": page, "events": told_events(page), "banner": banner})
