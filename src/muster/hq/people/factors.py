"""Second factors of an account: added, taken, removed. Each change leaves an event."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from muster.hq.people.choices import NEEDS_FACTOR, FactorKind, SecondFactor, Verb
from muster.hq.people.models import Account, Factor, RecoveryCode, SignInRule
from muster.hq.people.one_time_codes import find_step
from muster.hq.people.sealed import open_secret, seal_secret
from muster.hq.people.security_keys import KeyRefused, NewKey, Origin, take_known
from muster.hq.people.traces import account_trace, note
from muster.hq.records.actions import Actor
from muster.hq.taken import unless_taken

CODES: Final = 8
"""Recovery codes of an account."""
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH: Final = 12
_KEPT_ONCE: Final = "people_factor_credential_key"


class FactorRefused(Exception):
    """A factor that cannot be added or removed."""


def is_required(account: Account) -> bool:
    """Whether an account must sign in with a second factor."""
    if account.post.role not in NEEDS_FACTOR:
        return False
    rule = SignInRule.objects.first()
    return rule is None or rule.second_factor == SecondFactor.REQUIRED


def has_factor(account: Account) -> bool:
    """Whether an account has a second factor."""
    return Factor.objects.filter(account=account).exists()


def list_keys(account: Account) -> list[bytes]:
    """Public halves of the security keys of an account."""
    return [bytes(key.secret) for key in account.factors.filter(kind=FactorKind.SECURITY_KEY)]


@transaction.atomic
def add_codes(*, account: Account, name: str, secret: bytes, code: str, at: datetime) -> Factor:
    """Add an application that gives one-time codes.

    Raises
    ------
    FactorRefused
        When the code is not that of the secret: the application did not take it in, or clocks differ.
    """
    step = find_step(secret, _plain(code), after=0, at=at)
    if step is None:
        raise FactorRefused(_("This is not the code of now. Look whether the clocks agree, and try the next one."))
    factor = Factor(account=account, kind=FactorKind.TOTP, name=name, counter=step, added_at=at)
    factor.secret = seal_secret(secret, key=settings.SECRET_KEY, of=f"factor {factor.pk}")
    return _added(factor, at)


@transaction.atomic
def add_key(*, account: Account, name: str, key: NewKey, at: datetime) -> Factor:
    """Add a security key.

    Raises
    ------
    FactorRefused
        When the key is that of an account already.
    """
    factor = Factor(account=account, kind=FactorKind.SECURITY_KEY, name=name, counter=key.counter, added_at=at)
    factor.secret, factor.credential = key.public, key.credential
    with unless_taken(_KEPT_ONCE, lambda: FactorRefused(_("This key has been added already."))):
        return _added(factor, at)


@transaction.atomic
def remove_factor(*, account: Account, factor: uuid.UUID, at: datetime) -> None:
    """Remove a factor of an account; with the last one its recovery codes go.

    Raises
    ------
    FactorRefused
        When it is the last one, and one is required.
    """
    locked = list(Factor.objects.select_for_update().filter(account=account))
    found = next((each for each in locked if each.pk == factor), None)
    if found is None:
        return
    if len(locked) == 1 and is_required(account):
        raise FactorRefused(_("One second factor is required; add another one before you remove this."))
    found.delete()
    if len(locked) == 1:
        account.recovery_codes.all().delete()
    _noted(account, account, Verb.FACTOR_REMOVED, at, factor=found.name)


def remove_all(*, account: Account, by: Actor, at: datetime) -> None:
    """Remove all factors and recovery codes of an account, for whoever has lost them."""
    names = sorted(account.factors.values_list("name", flat=True))
    account.factors.all().delete()
    account.recovery_codes.all().delete()
    _noted(by, account, Verb.FACTOR_REMOVED, at, factor=", ".join(names))


@transaction.atomic
def draw_recovery_codes(*, account: Account, at: datetime) -> list[str]:
    """Draw recovery codes; those of before are void. They are shown now and never again.

    Each begins with its number, so that one digest is compared and not all.
    """
    Account.objects.select_for_update(of=("self",), no_key=True).get(
        pk=account.pk
    )  # they are drawn one after the other
    account.recovery_codes.all().delete()
    codes = [f"{number}{get_random_string(_LENGTH, _LETTERS)}" for number in range(1, CODES + 1)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, number=number, digest=make_password(code))
        for number, code in enumerate(codes, start=1)
    )
    _noted(account, account, Verb.CODES_DRAWN, at)
    return ["-".join((code[:5], code[5:9], code[9:])) for code in codes]


@transaction.atomic
def take_code(*, account: Account, code: str, at: datetime) -> bool:
    """Take a one-time code or a recovery code of an account, once; gives whether it is one."""
    plain = _plain(code)
    for factor in Factor.objects.select_for_update().filter(account=account, kind=FactorKind.TOTP):
        secret = open_secret(bytes(factor.secret), key=settings.SECRET_KEY, of=f"factor {factor.pk}")
        step = find_step(secret, plain, after=factor.counter, at=at)
        if step is not None:
            factor.counter, factor.used_at = step, at
            factor.save(update_fields=["counter", "used_at"])
            return True
    return _take_recovery_code(account, plain, at)


@transaction.atomic
def take_key(*, account: Account, origin: Origin, state: Mapping[str, Any], answer: str, at: datetime) -> bool:
    """Take the answer of a security key of an account; gives whether it is one.

    A key that counts backwards has been copied, and is not taken.
    """
    try:
        credential, counter = take_known(origin, state, list_keys(account), answer)
    except KeyRefused:
        return False
    factor = Factor.objects.select_for_update().get(account=account, credential=credential)
    if (counter or factor.counter) and counter <= factor.counter:
        return False
    factor.counter, factor.used_at = counter, at
    factor.save(update_fields=["counter", "used_at"])
    return True


def _take_recovery_code(account: Account, plain: str, at: datetime) -> bool:
    if len(plain) != _LENGTH + 1 or not plain[0].isdecimal():
        return False
    kept = (
        RecoveryCode.objects.select_for_update()
        .filter(account=account, number=int(plain[0]), used_at__isnull=True)
        .first()
    )
    if kept is None or not check_password(plain, kept.digest):
        return False
    kept.used_at = at
    kept.save(update_fields=["used_at"])
    _noted(account, account, Verb.CODE_USED, at, number=str(kept.number))
    return True


def _plain(code: str) -> str:
    """A code without what people put between its letters."""
    return "".join(code.split()).replace("-", "").upper()


def _added(factor: Factor, at: datetime) -> Factor:
    factor.save(force_insert=True)
    _noted(factor.account, factor.account, Verb.FACTOR_ADDED, at, factor=factor.name, kind=factor.kind)
    return factor


def _noted(by: Actor, account: Account, verb: Verb, at: datetime, **told: str) -> None:
    changes = {field: (None, value) for field, value in told.items()}
    note(by=by, verb=verb, about=account_trace(account.post), at=at, changes=changes)
