"""Saving the filters of a list from its page, and removing what was saved."""

import uuid
from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from muster.hq.answers import account_of, refused
from muster.hq.saved import actions, queries
from muster.hq.scenario.asking import described_table, narrowed_by
from muster.hq.scenario.queries import word_columns


@require_POST
def save(request: HttpRequest, table: str) -> HttpResponse:
    """Save what the list is narrowed to, and show the list so."""
    query = _query(table, QueryDict(request.POST.get("query", "")).dict())
    name = request.POST.get("name", "").strip()
    try:
        actions.save_view(table=table, name=name, query=query, by=account_of(request), at=timezone.now())
    except actions.ViewRefused as why:
        return refused(request, str(why))
    return redirect(f"/tables/{table}?{query}")


@require_POST
def remove(request: HttpRequest, view: uuid.UUID) -> HttpResponse:
    """Remove a view of one's post."""
    account = account_of(request)
    if not queries.list_views(account).filter(pk=view).exists():
        raise Http404
    removed = actions.remove_view(view=view, by=account, at=timezone.now())
    return redirect("table", removed.table)


def _query(table: str, asked: Mapping[str, object]) -> str:
    """The filters that the list knows, as its address has them; others and the page are left out."""
    described, narrowed = described_table(table), narrowed_by({name: str(text) for name, text in asked.items()})
    known = {column.name for column in word_columns(described)}
    said = {"text": narrowed.text, "owner": narrowed.owner}
    said |= {column: word for column, word in narrowed.words.items() if column in known}
    return urlencode({name: text for name, text in said.items() if text})
