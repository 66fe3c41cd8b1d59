"""The baseline: a plain page of Django over the same table, with no sign-in, no middleware and no policies.

It shows everything to everybody, as a first version of such a page would, in the same columns and as many rows.
"""

import uuid
from typing import Final

from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

SHOWN: Final = ("name", "capability", "size", "quantity", "people", "notice_days", "status")
PAGE: Final = 50

application = get_wsgi_application()

from muster.hq.scenario.models import Row  # noqa: E402 - Django is ready now

_LIST: Final = Template(
    "<!doctype html><title>{{ table }}</title><h1>{{ table }} {{ page.paginator.count }}</h1><table>"
    "{% for row, cells in rows %}<tr><th><a href=\"{% url 'row' row.id %}\">{{ row.name }}</a></th><td>{{ row.owner }}"
    "</td>{% for cell in cells %}<td>{{ cell|truncatechars:60 }}</td>{% endfor %}</tr>{% endfor %}</table>"
    "<p>{{ page.number }} / {{ page.paginator.num_pages }}</p>"
)
_ONE: Final = Template(
    "<!doctype html><h1>{{ row.name }}</h1><dl>{% for name, value in row.cells.items %}<dt>{{ name }}</dt>"
    "<dd>{{ value }}</dd>{% endfor %}</dl>"
)


def table(request: HttpRequest, table: str) -> HttpResponse:
    """Rows of a table."""
    found = Row.objects.filter(table=table, removed_at__isnull=True)
    if text := request.GET.get("text"):
        found = found.filter(words__icontains=text)
    if owner := request.GET.get("owner"):
        found = found.filter(owner=owner)
    if status := request.GET.get("status"):
        found = found.filter(cells__status=status)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(row, [row.cells.get(column, "") for column in SHOWN]) for row in page]
    return HttpResponse(_LIST.render(Context({"table": table, "page": page, "rows": rows})))


def row(_request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """One row."""
    return HttpResponse(_ONE.render(Context({"row": Row.objects.get(pk=row)})))


urlpatterns = [
    path("tables/<slug:table>", table),
    path("rows/<uuid:row>", row, name="row"),
]
