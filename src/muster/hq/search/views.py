"""The page of a search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from muster.hq.marking import banner_of, label_in_words
from muster.hq.search.queries import SHORTEST, search


@require_GET
def found(request: HttpRequest) -> HttpResponse:
    """What holds a text, of all that one may see."""
    text = request.GET.get("q", "").strip()
    groups = search(text)
    context = {
        "text": text,
        "groups": [(group, [(hit, label_in_words(hit.label)) for hit in group.hits]) for group in groups],
        "count": sum(group.count for group in groups),
        "is_short": bool(text) and len(text) < SHORTEST,
        "banner": banner_of(hit.label for group in groups for hit in group.hits),
    }
    return render(request, "search/found.html", context)
