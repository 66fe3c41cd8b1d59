"""What pages of all applications answer alike: whoever asks, refusals, and tables for a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.hq.people.models import Account

Both = tuple[str, str, str]
"""A field, what was sent for it, and what is saved."""
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def account_of(request: HttpRequest) -> Account:
    """The account that asks; the middleware lets nobody else come here."""
    if not isinstance(request.user, Account):
        raise TypeError("Pages behind the boundary are for accounts; the middleware lets nobody else here.")
    return request.user


def version_of(request: HttpRequest) -> int:
    """The version that whoever saves had before them; 0 where none was sent."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says what is not allowed, and why."""
    return render(request, "refused.html", {"why": why}, status=403)


def changed_meanwhile(
    request: HttpRequest, *, name: str, version: int, both: Sequence[Both], now: str, edit: str, banner: str | None
) -> HttpResponse:
    """The page for whoever saves second: what they sent beside what is saved, and nothing is lost.

    Parameters
    ----------
    version
        Version that it has now.
    now, edit
        Addresses: of the thing as it is now, and of its form.
    """
    context = {"name": name, "version": version, "both": both, "now": now, "edit": edit, "banner": banner}
    return render(request, "conflict.html", context, status=409)


def csv_answer(name: str, banner: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table for a spreadsheet, with the marking of what is in it above."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow([f"# {banner}"])
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return response


def file_answer(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file to be kept."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def cell(value: object) -> object:
    """A value as a cell: nothing for what is not known, and no text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> cell("=1+1"), cell("-12.5"), cell(None)
    ("'=1+1", '-12.5', '')
    """
    text = "" if value is None else value
    is_formula = isinstance(text, str) and _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
