"""For programs: the tables, and the rows of each."""

from typing import Annotated

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from muster.exchange import geojson
from muster.hq.access.reading import take_out
from muster.hq.answers import account_of
from muster.hq.marking import banner_of
from muster.hq.paging import PAGE
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.scenario import actions, rules
from muster.hq.scenario.asking import described_table, narrowed_by
from muster.hq.scenario.places import place_features
from muster.hq.scenario.queries import count_rows, list_rows
from muster.hq.scenario.schemas import CellsIn, RowOut, RowsOut, TableOut
from muster.hq.scenario.sent_cells import read_cells
from muster.hq.scenario.tables import TABLES, name_of
from muster.hq.shapes import PageNumber
from muster.hq.wrong import WRONG, NotAllowed, given

router = Router(tags=["tables"])


@router.get("/tables", response={200: list[TableOut], **WRONG}, operation_id="list_tables")
def tables(request: HttpRequest) -> list[TableOut]:
    """All tables with their columns, and how many rows of each you may see."""
    counts, account = count_rows(), account_of(request)
    return [TableOut.of(table, counts.get(name, 0), account) for name, table in TABLES.items()]


@router.get("/tables/{table}", response={200: TableOut, **WRONG}, operation_id="get_table")
def table(request: HttpRequest, table: str) -> TableOut:
    """One table with its columns."""
    described = described_table(table)
    return TableOut.of(described, count_rows().get(table, 0), account_of(request))


@router.get("/tables/{table}/rows", response={200: RowsOut, **WRONG}, operation_id="list_rows")
def rows(
    request: HttpRequest,
    table: str,
    text: Annotated[str, Field(description="What a row must hold, in any of its cells.")] = "",
    owner: Annotated[str, Field(description="Whose rows.")] = "",
    page: PageNumber = 1,
) -> RowsOut:
    """Rows that you may see, fifty on a page; a column with a list of words narrows it too, as ``?status=pledge``."""
    described_table(table)
    asked = {**request.GET.dict(), "text": text, "owner": owner}
    shown, labels = Paginator(list_rows(table, narrowed_by(asked)), PAGE).get_page(page), bits()
    found = list(shown)
    take_out(account_of(request), len(found), at=timezone.now())
    return RowsOut(
        rows=[RowOut.of(row, labels) for row in found],
        count=shown.paginator.count,
        page=shown.number,
        pages=shown.paginator.num_pages,
        marking=banner_of(row.label(labels) for row in found),
    )


@router.post("/tables/{table}/rows", response={201: RowOut, **WRONG}, operation_id="enter_row")
def enter(request: HttpRequest, table: str, sent: CellsIn) -> Status[RowOut]:
    """Enter a row; its owner and the headquarters see it, until it is released to others."""
    described, account = described_table(table), account_of(request)
    if not rules.may_enter(account, table):
        raise NotAllowed("Offers are entered by nations, tables of the force by the headquarters.")
    owner = owner_for(account)
    new = actions.NewRow(table, read_cells(described, owner, sent.cells), actions.first_label(owner))
    actions.refuse_taken(table, name_of(described, new.cells), owner)
    made = actions.enter_rows(rows=[new], by=account, at=timezone.now())
    return Status(201, RowOut.of(made[0], bits()))


@router.get(
    "/places.geojson",
    response={200: None, **WRONG},
    operation_id="list_places",
    openapi_extra=given("application/geo+json", is_object=True),
)
def places(request: HttpRequest) -> HttpResponse:
    """Places of the scenario that you may see, as GeoJSON; the whole carries the label of all of it."""
    labels = bits()
    found = list(list_rows("places"))
    take_out(account_of(request), len(found), at=timezone.now())
    marking = banner_of(row.label(labels) for row in found)
    return HttpResponse(
        geojson.encode(place_features(found, labels), {"marking": marking}), content_type="application/geo+json"
    )
