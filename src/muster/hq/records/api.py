"""For programs: the journal."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from muster.hq.access.reading import take_out
from muster.hq.answers import account_of
from muster.hq.marking import banner_of
from muster.hq.paging import PAGE
from muster.hq.people.queries import bits
from muster.hq.records.queries import told_events, visible_events
from muster.hq.records.schemas import EventOut, EventsOut
from muster.hq.shapes import PageNumber
from muster.hq.wrong import WRONG

router = Router(tags=["records"])


@router.get("/records", response={200: EventsOut, **WRONG}, operation_id="list_records")
def records(request: HttpRequest, page: PageNumber = 1) -> EventsOut:
    """What was done to what you may see, the last first, fifty on a page."""
    shown, labels = Paginator(visible_events(), PAGE).get_page(page), bits()
    found = list(shown)
    take_out(account_of(request), len(found), at=timezone.now())
    return EventsOut(
        events=[EventOut.of(row, told, labels) for row, told in zip(found, told_events(found), strict=True)],
        count=shown.paginator.count,
        page=shown.number,
        pages=shown.paginator.num_pages,
        marking=banner_of(row.label(labels) for row in found),
    )
