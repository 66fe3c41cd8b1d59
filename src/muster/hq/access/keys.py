"""Keys of programs: made by a post for itself, shown once, found again by their digest."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from muster.disclosure.labels import Label, Marking
from muster.hq.access.choices import KeyVerb, Scope
from muster.hq.access.models import LASTS_AT_MOST, ProgramKey
from muster.hq.access.rules import may_hold_keys
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change

BEGINS: Final = "muster_"
"""Beginning of every key, by which one that lies where it should not can be searched for."""
_BYTES: Final = 32


class KeyRefused(Exception):
    """A key that cannot be made or revoked."""


@dataclass(frozen=True, slots=True)
class HeldKey:
    """What is known of the key that a request holds."""

    account_id: int
    name: str
    scope: Scope
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key as it is shown, once.

    Attributes
    ----------
    text
        What the program sends.
    """

    key: ProgramKey
    text: str


@transaction.atomic
def make_key(*, name: str, scope: Scope, days: int, by: Account, at: datetime) -> MadeKey:
    """Make a key with which a program asks as the account does.

    Parameters
    ----------
    days
        How long it is good for, in days.

    Raises
    ------
    KeyRefused
        When the account holds no keys, or the key has no name or would last too long.
    """
    if not may_hold_keys(by):
        raise KeyRefused(_("Only posts of the headquarters and of nations hold keys for programs."))
    if not name.strip() or not 1 <= days <= LASTS_AT_MOST.days:
        raise KeyRefused(
            _('Key "%(key)s" needs a name, and lasts 1 to %(most)d days; it was %(days)d.')
            % {"key": name, "most": LASTS_AT_MOST.days, "days": days}
        )
    text = BEGINS + secrets.token_urlsafe(_BYTES)
    key = ProgramKey(
        account=by,
        name=name.strip(),
        scope=scope,
        digest=_digest(text),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    key.put_label(Label(owner_for(by), Marking.RESTRICTED, frozenset()), bits())
    key.save(force_insert=True)
    told = {"name": key.name, "scope": scope.value, "expires_at": key.expires_at.isoformat()}
    record(by=by, verb=KeyVerb.MADE, about=key, changes=[Change(*each, 0) for each in _from_nothing(told)], at=at)
    return MadeKey(key, text)


@transaction.atomic
def revoke_key(*, key: uuid.UUID, by: Account, at: datetime) -> ProgramKey:
    """Make a key good for nothing from now on.

    Raises
    ------
    KeyRefused
        When it is no key of the account, or was revoked already.
    """
    found = list_keys(by).select_for_update().filter(pk=key).first()
    if found is None:
        raise KeyRefused(_("There is no such key of this post."))
    if found.revoked_at is not None:
        raise KeyRefused(_('Key "%(key)s" was revoked already.') % {"key": found})
    found.revoked_at = at
    found.save(update_fields=["revoked_at"])
    change = Change("revoked", False, True, 1)
    record(by=by, verb=KeyVerb.REVOKED, about=found, changes=[change], at=at)
    return found


def list_keys(account: Account) -> QuerySet[ProgramKey]:
    """Keys of an account, the last first."""
    return ProgramKey.objects.filter(account=account)


def find_key(text: str) -> HeldKey | None:
    """The key that was sent; None where there is none, it was revoked, or it has expired."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id, name, scope, expires_at FROM hq.holder_of_key(%s)", [_digest(text)])
        row = cursor.fetchone()
    return None if row is None else HeldKey(row[0], row[1], Scope(row[2]), row[3])


def _digest(text: str) -> bytes:
    """SHA-256; a key has so much chance in it that nothing slower is needed."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _from_nothing(told: dict[str, str]) -> list[tuple[str, None, str]]:
    return [(name, None, value) for name, value in told.items()]
