"""Who asks."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from muster.hq.access.middleware import held_key
from muster.hq.answers import account_of
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.people.viewing import owner_for
from muster.hq.wrong import WRONG

router = Router(tags=["access"])


class KeyOut(Schema):
    """The key that was sent."""

    name: str
    scope: str
    expires_at: datetime


class MeOut(Schema):
    """Whoever asks."""

    post: str
    title: str
    role: str
    owner: str = Field(description="For whom rows are entered; empty for who enters none.")
    clearance: str = Field(description="Highest marking that may be seen.")
    key: KeyOut | None = Field(description="The key that was sent; null for a session.")


@router.get("/me", response={200: MeOut, **WRONG}, operation_id="who_am_i")
def who_am_i(request: HttpRequest) -> MeOut:
    """Who asks, and with what."""
    account, key = account_of(request), held_key(request)
    return MeOut(
        post=account.post_id,
        title=account.post.title,
        role=account.post.role,
        owner=owner_for(account),
        clearance=MARKINGS[account.post.clearance].value,
        key=None if key is None else KeyOut(name=key.name, scope=key.scope.value, expires_at=key.expires_at),
    )
