"""Errors as programs read them: one shape, whatever went wrong."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.http import HttpResponse, JsonResponse
from ninja import Schema

_TOLD: Final = {
    HTTPStatus.BAD_REQUEST: ("not_understood", "The request cannot be read.", "Send JSON in UTF-8, as described."),
    HTTPStatus.UNAUTHORIZED: (
        "not_signed_in",
        "The request holds no key that is good.",
        'Send "Authorization: Bearer" with a key that a post made on the page Keys.',
    ),
    HTTPStatus.FORBIDDEN: ("not_allowed", "This is not allowed.", "Ask whoever owns the row, or the administrator."),
    HTTPStatus.NOT_FOUND: (
        "not_found",
        "There is nothing here that you may see.",
        "Follow the ids that lists give.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "no_such_method",
        "This address has no such method.",
        "Use one that the header Allow names.",
    ),
    HTTPStatus.CONFLICT: (
        "changed_meanwhile",
        "Somebody else saved the row first.",
        "Look at the row as it is now, and send the change again with its version.",
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "not_valid",
        "What was sent cannot be saved.",
        "Correct what the faults name; nothing was saved.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "read_too_much",
        "This post has taken out too many rows.",
        "Wait as the header Retry-After says.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "went_wrong",
        "Something went wrong; nothing was saved.",
        "Try again; if it happens again, tell the administrator when it did.",
    ),
}  # fmt: skip
"""Code, rule and remedy of each kind of error, where nothing nearer is known."""


class NotAllowed(Exception):
    """Something that the rules keep from whoever asks."""


class FaultOut(Schema):
    """One thing that is wrong with what was sent; ``where`` is a column, or a part of the request."""

    where: str
    rule: str


class Wrong(Schema):
    """An error: its code, the rule that was not kept, what to do, and every single fault."""

    error: str
    rule: str
    remedy: str
    faults: list[FaultOut]


WRONG: Final[Mapping[int, type[Wrong]]] = dict.fromkeys((400, 401, 403, 404, 422, 429), Wrong)
"""Errors that every operation may answer, as its description has them."""


def given(kind: str, *, is_object: bool = False) -> dict[str, object]:
    """What the description of an operation says of the content that it gives.

    Parameters
    ----------
    kind
        Media type.
    is_object
        Whether it is a JSON object.
    """
    schema = {"type": "object"} if is_object else {"type": "string", "format": "binary"}
    return {"responses": {200: {"content": {kind: {"schema": schema}}}}}


def wrong_answer(
    status: int, rule: str = "", *, remedy: str = "", faults: list[FaultOut] | None = None, **more: object
) -> HttpResponse:
    """An error as JSON.

    Parameters
    ----------
    rule, remedy
        What is told; empty is what every error of this status tells.
    more
        Further members, as JSON takes them.
    """
    kind = HTTPStatus(status) if status in set(_TOLD) else HTTPStatus.BAD_REQUEST
    code, usual_rule, usual_remedy = _TOLD[kind]
    told = Wrong(error=code, rule=rule or usual_rule, remedy=remedy or usual_remedy, faults=faults or [])
    return JsonResponse({**told.model_dump(), **more}, status=status)
