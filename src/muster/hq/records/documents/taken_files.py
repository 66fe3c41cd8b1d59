"""A file that somebody takes away: as it was sent, never to be opened by a page, and counted by its size."""

from datetime import datetime
from math import ceil
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from muster.exchange.document_formats import FORMATS, suffix_of
from muster.hq.access.reading import take_out
from muster.hq.people.models import Account
from muster.hq.records.documents.models import DocumentFile

BYTES_OF_A_ROW: Final = 1000
"""Bytes of a file that count as one row of those that a post may take out in an hour."""
_POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Even where a browser shows it in spite of all it loads nothing and runs nothing."""


def taken_file(file: DocumentFile, account: Account, *, at: datetime) -> HttpResponse:
    """A file to be kept by whoever asks.

    Raises
    ------
    ReadTooMuch
        As for :func:`muster.hq.access.reading.take_out`.
    """
    take_out(account, ceil(file.size_bytes / BYTES_OF_A_ROW), at=at)
    response = HttpResponse(bytes(file.content), content_type=media_type_of(file))
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def media_type_of(file: DocumentFile) -> str:
    """What a browser is told of a file; its format was looked at when it came."""
    kept = FORMATS.get(suffix_of(file.name))
    return "application/octet-stream" if kept is None else kept.media_type
