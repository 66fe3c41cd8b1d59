"""For programs: one row, and what can be done to it."""

import uuid
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from muster.exchange import confidentiality_label
from muster.hq.answers import account_of
from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.records.queries import list_events
from muster.hq.records.schemas import DoneOut
from muster.hq.scenario import actions, rules
from muster.hq.scenario.asking import seen_row
from muster.hq.scenario.models import Row
from muster.hq.scenario.schemas import ChangeIn, Conflict, ReleaseIn, RowOut, VersionIn
from muster.hq.scenario.sent_cells import read_cells, read_label
from muster.hq.scenario.tables import TABLES
from muster.hq.wrong import WRONG, NotAllowed, given

router = Router(tags=["rows"])
_SAVED = {200: RowOut, 409: Conflict, **WRONG}


@router.get("/rows/{uuid:row}", response={200: RowOut, **WRONG}, operation_id="get_row")
def row(request: HttpRequest, row: uuid.UUID) -> RowOut:
    """One row."""
    return RowOut.of(seen_row(row), bits())


@router.get("/rows/{uuid:row}/events", response={200: list[DoneOut], **WRONG}, operation_id="list_row_events")
def events(request: HttpRequest, row: uuid.UUID) -> list[DoneOut]:
    """What was done to a row, the last first."""
    return [DoneOut.of(event) for event in list_events(seen_row(row).pk)]


@router.put("/rows/{uuid:row}", response=_SAVED, operation_id="change_row")
def change(request: HttpRequest, row: uuid.UUID, sent: ChangeIn) -> RowOut:
    """Set all cells of a row; cells that are left out are emptied."""
    found, account = _own_row(request, row)
    cells = read_cells(TABLES[found.table], found.owner, sent.cells)
    return _told(actions.change_row(row=row, version=sent.version, cells=cells, by=account, at=timezone.now()))


@router.post("/rows/{uuid:row}/withdraw", response=_SAVED, operation_id="withdraw_offer")
def withdraw(request: HttpRequest, row: uuid.UUID, sent: VersionIn) -> RowOut:
    """Withdraw an offer: it stays on record, and is matched no more."""
    return _act(request, row, partial(actions.withdraw_offer, version=sent.version))


@router.post("/rows/{uuid:row}/remove", response=_SAVED, operation_id="remove_row")
def remove(request: HttpRequest, row: uuid.UUID, sent: VersionIn) -> RowOut:
    """Take a row out of the scenario; it stays on record and can be put back."""
    return _act(request, row, partial(actions.remove_row, version=sent.version))


@router.post("/rows/{uuid:row}/restore", response=_SAVED, operation_id="restore_row")
def restore(request: HttpRequest, row: uuid.UUID, sent: VersionIn) -> RowOut:
    """Put a row back that was removed."""
    return _act(request, row, partial(actions.restore_row, version=sent.version))


@router.put("/rows/{uuid:row}/label", response=_SAVED, operation_id="label_row")
def release(request: HttpRequest, row: uuid.UUID, sent: ReleaseIn) -> RowOut:
    """Say who may see a row beside its owner and the headquarters."""
    found, account = _own_row(request, row)
    label = read_label(found.owner, sent.marking, sent.releasable_to)
    return _told(actions.label_row(row=row, version=sent.version, label=label, by=account, at=timezone.now()))


@router.get(
    "/rows/{uuid:row}/label.xml",
    response={200: None, **WRONG},
    operation_id="get_row_label_xml",
    openapi_extra=given("application/xml"),
)
def label_xml(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """The label of a row for exchange, in XML; it follows the public schema of STANAG 4774."""
    return HttpResponse(_exchanged(confidentiality_label.encode_xml, row), content_type="application/xml")


@router.get(
    "/rows/{uuid:row}/label.json",
    response={200: None, **WRONG},
    operation_id="get_row_label_json",
    openapi_extra=given("application/json", is_object=True),
)
def label_json(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """The same label in JSON, with the names of the same elements."""
    return HttpResponse(_exchanged(confidentiality_label.encode_json, row), content_type="application/json")


def _exchanged(encode: Callable[..., bytes], row: uuid.UUID) -> bytes:
    found, labels = seen_row(row), bits()
    return encode(found.label(labels), coalition=set(labels) - {HEADQUARTERS}, made_at=found.changed_at)


def _own_row(request: HttpRequest, row: uuid.UUID) -> tuple[Row, Account]:
    found, account = seen_row(row), account_of(request)
    if not rules.may_change(account, found):
        raise NotAllowed(f"Only {found.owner} changes this row, and says who may see it.")
    return found, account


def _act(request: HttpRequest, row: uuid.UUID, act: Callable[..., Row]) -> RowOut:
    _, account = _own_row(request, row)
    return _told(act(row=row, by=account, at=timezone.now()))


def _told(row: Row) -> RowOut:
    return RowOut.of(row, bits())
