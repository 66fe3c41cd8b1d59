"""Passwords of posts: given out once, set by oneself, or by an invitation."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.hq.people import rules
from muster.hq.people.choices import Verb
from muster.hq.people.factors import remove_all
from muster.hq.people.models import Account, Invitation, Post
from muster.hq.people.sessions import end_all
from muster.hq.people.traces import account_trace, note
from muster.hq.records.actions import Actor
from muster.hq.refused import Refused

INVITES_FOR: Final = timedelta(hours=72)
"""How long an invitation is good."""


class SecondPersonNeeded(Exception):
    """Somebody would be let in by one person alone where two are needed."""


class NoSuchPost(Refused):
    """A post that the establishment does not have, or has no more."""


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """What is given out for a post; it is good until the post has set one of its own."""

    post: str
    password: str


@transaction.atomic
def give_password(*, post: str, by: Actor, at: datetime, without_factors: bool = False) -> OneTimePassword:
    """Draw a password for a post, which must be changed when it is used first; the one before is void.

    Parameters
    ----------
    without_factors
        Whether its second factors go too, for whoever has lost them.

    Raises
    ------
    NoSuchPost
        When there is no such post; the message names those there are.
    SecondPersonNeeded
        When it speaks for a nation, or lets others in, and whoever gives it is a post: whoever works at the machine
        can do anything there.
    """
    found = _open_post(post)
    if isinstance(by, Account) and rules.needs_second(found):
        raise SecondPersonNeeded(
            _("Nobody is let into %(post)s by one person alone. Invite somebody: a second person agrees to that.")
            % {"post": post}
        )
    account = _account_of(found)
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    account.must_change_password = True
    account.save()
    end_all(account)
    note(by=by, verb=Verb.PASSWORD_GIVEN, about=account_trace(account.post), at=at)
    if without_factors:
        remove_all(account=account, by=by, at=at)
    return OneTimePassword(post, password)


@transaction.atomic
def set_password(*, account: Account, password: str, at: datetime) -> None:
    """Set the password that a post has chosen."""
    account.set_password(password)
    account.must_change_password = False
    account.save()
    note(by=account, verb=Verb.PASSWORD_SET, about=account_trace(account.post), at=at)


@transaction.atomic
def invite(*, post: str, by: Actor, at: datetime) -> str:
    """Draw the token of an invitation for a post; those of before are void. It is shown now and never again.

    Raises
    ------
    NoSuchPost
        As for :func:`give_password`.
    """
    found, token = _open_post(post), secrets.token_urlsafe(32)
    Invitation.objects.filter(post=found).delete()
    Invitation.objects.create(
        post=found,
        digest=_digest(token),
        made_at=at,
        made_by=by.get_username(),
        needs_second=rules.needs_second(found),
        expires_at=at + INVITES_FOR,
    )
    note(by=by, verb=Verb.INVITED, about=account_trace(found), at=at)
    return token


def find_waiting(post: Post, *, at: datetime) -> Invitation | None:
    """The invitation of a post to which a second person has not agreed yet; None where there is none."""
    waiting = post.invitations.filter(used_at=None, expires_at__gt=at, needs_second=True, agreed_by="")
    return waiting.select_related("post").first()


@transaction.atomic
def agree(*, post: Post, by: Account, at: datetime) -> Invitation:
    """Agree that somebody is let into a post, as the second person.

    Raises
    ------
    SecondPersonNeeded
        When no invitation waits, or the account made it or has no say in it.
    """
    waiting = find_waiting(_open_post(post.pk), at=at)
    if waiting is None or not rules.may_agree(by, waiting):
        raise SecondPersonNeeded(_("No invitation for %(post)s waits for you.") % {"post": post.pk})
    waiting.agreed_by = by.get_username()
    waiting.save(update_fields=["agreed_by"])
    note(by=by, verb=Verb.INVITATION_AGREED, about=account_trace(post), at=at)
    return waiting


def find_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation of a token; None where there is none, it was used, has expired, or waits for a second person."""
    good = Invitation.objects.select_related("post").filter(used_at=None, expires_at__gt=at, post__closed_at=None)
    good = good.exclude(needs_second=True, agreed_by="")
    return good.filter(digest=_digest(token)).first()


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> Account | None:
    """Set the first password of a post by its invitation, once; None where it is not good any more.

    Factors and sessions of whoever held the post before end.
    """
    invitation = find_invitation(token, at=at)
    if invitation is not None:
        Post.objects.select_for_update(no_key=True).get(pk=invitation.post_id)
    taken = 0 if invitation is None else Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at)
    if invitation is None or not taken:
        return None
    account = _account_of(invitation.post)
    end_all(account)
    if account.factors.exists():
        remove_all(account=account, by=account, at=at)
    set_password(account=account, password=password, at=at)
    return account


def _open_post(code: str) -> Post:
    """A post, which nobody else lets somebody into meanwhile."""
    posts = Post.objects.filter(closed_at=None)
    found = posts.select_for_update(no_key=True).filter(pk=code).first()
    if found is None:
        there = ", ".join(posts.values_list("code", flat=True))
        raise NoSuchPost(f'There is no post "{code}"; there are {there}.')
    return found


def _account_of(post: Post) -> Account:
    account = Account.objects.select_related("post").filter(post=post).first()
    return account or Account.objects.of_post(post, None)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
