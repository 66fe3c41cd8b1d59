"""What pages answer to whoever has taken out too much."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.hq.access.reading import ReadTooMuch

_Rest = ParamSpec("_Rest")


def limited(
    view: Callable[Concatenate[HttpRequest, _Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, _Rest], HttpResponse]:
    """Tell whoever takes out too much with this view how long to wait."""

    def answer(request: HttpRequest, /, *args: _Rest.args, **kwargs: _Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ReadTooMuch as why:
            minutes = -(-why.wait_s // 60)
            response = render(request, "access/too_much.html", {"minutes": minutes}, status=429)
            response.headers["Retry-After"] = str(why.wait_s)
            return response

    return wraps(view)(answer)
