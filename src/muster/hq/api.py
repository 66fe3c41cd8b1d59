"""The interface for programs: who may ask, what goes wrong, and the operations of every application."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer, SessionAuth

from muster.hq.access.api import router as access
from muster.hq.access.middleware import held_key
from muster.hq.access.reading import ReadTooMuch
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.records.api import router as records
from muster.hq.records.documents.api import router as documents
from muster.hq.records.documents.queries import list_files
from muster.hq.records.documents.refusals import DocumentChangedMeanwhile, DocumentRefused
from muster.hq.records.documents.schemas import DocumentOut
from muster.hq.scenario.actions import RowChangedMeanwhile, RowRefused
from muster.hq.scenario.row_api import router as rows
from muster.hq.scenario.schemas import RowOut
from muster.hq.scenario.sent_cells import CellsRefused
from muster.hq.scenario.table_api import router as tables
from muster.hq.scenario.version_api import router as versions
from muster.hq.search.api import router as search
from muster.hq.wrong import FaultOut, NotAllowed, wrong_answer

_TELLS: Final = """
The same rows, rules and acts as on the pages, as JSON. What you may not see is answered as if it did not exist.
Every list carries the marking of what is on it. Every error has one shape: a code, the rule, a remedy, single faults.
"""


class Key(HttpBearer):
    """The key of a program; :mod:`muster.hq.access.middleware` has found its post already."""

    def authenticate(self, request: HttpRequest, _token: str) -> Account | None:
        """Give the account of the key."""
        return request.user if held_key(request) and isinstance(request.user, Account) else None


class ObjectParser(Parser):
    """Reads a body as a JSON object, and nothing else as one."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Give the object.

        Raises
        ------
        ValueError
            When the body is no JSON, or another value than an object.
        """
        body = super().parse_body(request)
        if not isinstance(body, dict):
            raise ValueError("The body is no JSON object.")  # noqa: TRY004 - what a parser raises
        return body


api = NinjaAPI(
    title="Muster headquarters",
    version="1",
    description=_TELLS,
    docs_url=None,
    urls_namespace="api",
    auth=[Key(), SessionAuth()],
    parser=ObjectParser(),
)
"""Pages that draw such a description load scripts from elsewhere or inline, so there is none."""

for router in (access, tables, rows, versions, records, search, documents):
    api.add_router("", router)


@api.exception_handler(Http404)
def not_found(_request: HttpRequest, _why: Http404) -> HttpResponse:
    """What does not exist, or may not be seen."""
    return wrong_answer(404)


@api.exception_handler(HttpError)
def not_understood(_request: HttpRequest, why: HttpError) -> HttpResponse:
    """A body that is no JSON, or a session without its token."""
    rule = "A session needs its token in the header X-CSRFToken." if why.status_code == 403 else ""
    return wrong_answer(why.status_code, rule)


@api.exception_handler(AuthenticationError)
def not_signed_in(_request: HttpRequest, _why: AuthenticationError) -> HttpResponse:
    """Nobody in particular asks."""
    return wrong_answer(401)


@api.exception_handler(ValidationError)
def not_valid(_request: HttpRequest, why: ValidationError) -> HttpResponse:
    """Parts of the request that are missing or of another kind; what was sent is not told back."""
    faults = [FaultOut(where=".".join(map(str, each["loc"][1:])), rule=str(each["msg"])) for each in why.errors]
    return wrong_answer(422, faults=faults)


@api.exception_handler(NotAllowed)
def not_allowed(_request: HttpRequest, why: NotAllowed) -> HttpResponse:
    """What the rules keep from an account."""
    return wrong_answer(403, str(why))


@api.exception_handler(CellsRefused)
def cells_refused(_request: HttpRequest, why: CellsRefused) -> HttpResponse:
    """Cells that cannot be saved, each with what is wrong."""
    return wrong_answer(422, faults=[FaultOut(where=column, rule=rule) for column, rule in why.faults])


@api.exception_handler(RowRefused)
def row_refused(_request: HttpRequest, why: RowRefused) -> HttpResponse:
    """What cannot be done to a row."""
    return wrong_answer(422, str(why))


@api.exception_handler(RowChangedMeanwhile)
def changed_meanwhile(_request: HttpRequest, first: RowChangedMeanwhile) -> HttpResponse:
    """Somebody else was first: the row as it is now."""
    return wrong_answer(409, str(first), row=RowOut.of(first.row, bits()).model_dump(mode="json"))


@api.exception_handler(DocumentRefused)
def document_refused(_request: HttpRequest, why: DocumentRefused) -> HttpResponse:
    """What cannot be done to a document, or a file that is not kept."""
    faults = [] if why.field is None else [FaultOut(where=why.field, rule=str(why))]
    return wrong_answer(422, str(why), faults=faults)


@api.exception_handler(DocumentChangedMeanwhile)
def document_changed(_request: HttpRequest, first: DocumentChangedMeanwhile) -> HttpResponse:
    """Somebody else was first: the document as it is now."""
    now = DocumentOut.of(first.document, list(list_files(first.document)), bits())
    return wrong_answer(409, str(first), document=now.model_dump(mode="json"))


@api.exception_handler(ReadTooMuch)
def read_too_much(_request: HttpRequest, why: ReadTooMuch) -> HttpResponse:
    """A post that has had as many rows as an hour allows."""
    response = wrong_answer(429, str(why))
    response.headers["Retry-After"] = str(why.wait_s)
    return response
