"""What the administrator does to posts. Each action is one transaction and leaves one event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.hq.people.choices import Verb
from muster.hq.people.models import Account, Post
from muster.hq.people.rules import may_run_posts
from muster.hq.people.sessions import end_all
from muster.hq.people.traces import note, post_trace
from muster.hq.taken import unless_taken

CHANGEABLE: Final = ("title", "clearance", "branch", "rank", "filled_by_id", "language", "site_id")
"""Fields of a post that change; a post of another role or nation is another post."""
FIELDS: Final = ("code", "role", "nation_id", *CHANGEABLE)
_CODED_ONCE: Final = "people_post_pkey"


class PostRefused(Exception):
    """An action on a post that the rules do not allow, or that comes too late."""


class PostChangedMeanwhile(PostRefused):
    """Somebody else saved the post first.

    Attributes
    ----------
    post
        As it is now.
    """

    def __init__(self, post: Post) -> None:
        super().__init__(
            _('Post "%(post)s" was changed meanwhile; look at it as it is now, and do it again.') % {"post": post.pk}
        )
        self.post = post


@transaction.atomic
def add_post(*, values: Mapping[str, Any], by: Account, at: datetime) -> Post:
    """Add a post.

    Raises
    ------
    PostRefused
        When the account may not, or there is a post of that code.
    """
    _refuse_others(by)
    if Post.objects.filter(pk=values["code"]).exists():
        raise _taken(values["code"])
    post = Post(**{field: values[field] for field in FIELDS})
    with unless_taken(_CODED_ONCE, lambda: _taken(post.pk)):
        post.save(force_insert=True)
    changes = {_name(field): (None, values[field]) for field in FIELDS if values[field] not in {None, ""}}
    note(by=by, verb=Verb.POST_ADDED, about=post_trace(post), at=at, changes=changes)
    return post


@transaction.atomic
def change_post(*, post: str, version: int, values: Mapping[str, Any], by: Account, at: datetime) -> Post:
    """Set fields of a post; a save that changes nothing leaves no event.

    Raises
    ------
    PostChangedMeanwhile
        When somebody else saved it first.
    PostRefused
        When the account may not.
    """
    found = _locked(post, version, by)
    changes = {
        field: (getattr(found, field), values[field]) for field in CHANGEABLE if getattr(found, field) != values[field]
    }
    if not changes:
        return found
    for field, (_before, after) in changes.items():
        setattr(found, field, after)
    return _saved(found, Verb.POST_CHANGED, by, at, {_name(field): change for field, change in changes.items()})


@transaction.atomic
def close_post(*, post: str, version: int, by: Account, at: datetime) -> Post:
    """Close a post: nobody signs in for it any more, and what was done by it stays.

    Raises
    ------
    PostChangedMeanwhile
        When somebody else saved it first.
    PostRefused
        When the account may not, or closes its own post.
    """
    found = _locked(post, version, by)
    if found.pk == by.post_id:
        raise PostRefused(_("Nobody closes the post that they sign in for; have another administrator do it."))
    if found.closed_at is not None:
        raise PostRefused(_('Post "%(post)s" is closed already.') % {"post": post})
    found.closed_at = at
    for account in Account.objects.filter(post=found):
        account.is_active = False
        account.save(update_fields=["is_active"])
        end_all(account)
    return _saved(found, Verb.POST_CLOSED, by, at, {})


def _taken(code: str) -> PostRefused:
    return PostRefused(_('There is a post "%(code)s"; give this one another code, as %(code)s-2.') % {"code": code})


def _name(field: str) -> str:
    return field.removesuffix("_id")


def _refuse_others(by: Account) -> None:
    if not may_run_posts(by):
        raise PostRefused(_("Only the administrator adds, changes and closes posts."))


def _locked(post: str, version: int, by: Account) -> Post:
    _refuse_others(by)
    found = Post.objects.select_for_update().get(pk=post)
    if found.version != version:
        raise PostChangedMeanwhile(found)
    return found


def _saved(post: Post, verb: Verb, by: Account, at: datetime, changes: dict[str, tuple[Any, Any]]) -> Post:
    post.version += 1
    post.save(force_update=True)
    note(by=by, verb=verb, about=post_trace(post), at=at, changes=changes)
    return post
