"""Changing the keys of a headquarters while it is served: that of the context, and that of the site.

Each step leaves what works on: a process that is killed between two of them is followed by one that goes on from there.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

from muster.hq.boundary.context import LASTS
from muster.hq.boundary.models import ContextKey
from muster.hq.context_key import Key
from muster.hq.folder import NEXT_KEY_NAME, SITE_KEY_NAME, put_context_key
from muster.hq.founding import ALWAYS
from muster.hq.keeping.kept import note_new_keys
from muster.hq.people.traces import Operator, note, site_trace
from muster.hq.records.choices import KeyVerb
from muster.hq.records.hand_over import handed_over, raw_hex
from muster.hq.records.keys import fingerprint, load_site_key, make_site_key
from muster.hq.records.sealing import KeyHandedOver, find_key_in_force, seal_new, sealed_to

OUTLASTS: Final = LASTS + timedelta(minutes=1)
"""How long the key before is still good: as long as a context that was signed with it, and a request on its way."""
_ONE_AT_A_TIME: Final = 0x5EA2
"""Lock of the database under which one process changes keys."""


def rotate_context_key(headquarters: Path, *, at: datetime) -> datetime:
    """Sign contexts with a new key from now on; gives until when the one before is good.

    Requests that are under way end as they began. What has expired is removed, now and whenever keys change.
    """
    with _alone():
        key = Key.draw()
        inner, outer = key.paddings()
        keys = ContextKey.objects.using("owner")
        keys.create(key_id=key.key_id, inner_pad=inner, outer_pad=outer, good_until=ALWAYS)
        put_context_key(headquarters, key)
        others, until = keys.exclude(key_id=key.key_id), at + OUTLASTS
        others.filter(good_until__gt=until).update(good_until=until)
        forget_expired_keys(at=at)
        told = {"key_id": (None, key.key_id)}
        note(by=Operator(), verb=KeyVerb.CONTEXT_CHANGED, about=site_trace(settings.SITE), at=at, changes=dict(told))
    return until


def forget_expired_keys(*, at: datetime) -> int:
    """Remove keys of the context that are good no more; gives how many."""
    return ContextKey.objects.using("owner").filter(good_until__lte=at).delete()[0]


def rotate_site_key(headquarters: Path, *, at: datetime) -> str:
    """Hand the key of the site over to a new one, by an event that the one before signs; gives its fingerprint.

    The key before is gone then. Backups that it signed are restored with the keys that were kept with it.

    Raises
    ------
    KeyRefused
        When the key of the site cannot be read.
    """
    with _alone():
        old, waiting = load_site_key(headquarters / SITE_KEY_NAME), headquarters / NEXT_KEY_NAME
        waiting.unlink(missing_ok=True)
        new = make_site_key(waiting, secrets.token_bytes(32))
        changes = handed_over(settings.SITE, old, new.public_key())
        note(by=Operator(), verb=KeyVerb.HANDED_OVER, about=site_trace(settings.SITE), at=at, changes=changes)
        with suppress(KeyHandedOver):  # what was written since is for the new key
            seal_new(old, at=at)
        _finish(headquarters, at)
    return fingerprint(new.public_key())


def finish_hand_over(headquarters: Path, *, at: datetime) -> None:
    """Go on where a hand-over was killed: what the journal has handed over to takes the place of the key before."""
    with _alone():
        if (headquarters / NEXT_KEY_NAME).exists():
            _finish(headquarters, at)


def _finish(headquarters: Path, at: datetime) -> None:
    waiting = headquarters / NEXT_KEY_NAME
    new = load_site_key(waiting)
    if find_key_in_force(settings.SITE, sealed_to()) != raw_hex(new.public_key()):
        return
    told = {"key": (None, fingerprint(new.public_key()))}
    note(by=Operator(), verb=KeyVerb.TAKEN_UP, about=site_trace(settings.SITE), at=at, changes=dict(told))
    seal_new(new, at=at)
    waiting.replace(headquarters / SITE_KEY_NAME)
    note_new_keys(headquarters)


@contextmanager
def _alone() -> Iterator[None]:
    """Change keys while nobody else does."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
