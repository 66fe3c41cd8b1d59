"""One transaction a request, with the context of whoever asks, and the headers that keep pages where they belong."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from muster.hq.boundary.context import Viewer, enter, signed

Answer = Callable[[HttpRequest], HttpResponse]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What a page may load: nothing but what this server has."""
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer that does not say otherwise; pages of one viewer are kept nowhere."""


def headers(get_response: Answer) -> Answer:
    """Set the headers of every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def plain_text(get_response: Answer) -> Answer:
    """Refuse text with a zero byte, which the database cannot keep and no page needs."""

    def answer(request: HttpRequest) -> HttpResponse:
        sent = [*request.GET.items(), *request.POST.items(), *request.FILES.items()]
        has_zero = any("\0" in f"{name}{value}" for name, value in sent)
        return HttpResponse(status=400) if has_zero else get_response(request)

    return answer


def boundary(get_response: Answer, viewer_of: Callable[[HttpRequest], Viewer | None]) -> Answer:
    """Answer inside one transaction, in the context of the viewer; without a viewer nothing restricted is seen."""

    def answer(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            viewer = viewer_of(request)
            context = "" if viewer is None else signed(viewer, settings.CONTEXT_KEY, at=timezone.now())
            # The beginning of the transaction and the context go to the database together.
            with connection.cursor() as cursor, connection.connection.pipeline():
                enter(cursor, context)
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return answer
