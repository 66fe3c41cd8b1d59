"""Events about posts and accounts: they have no label of their own, so they stand under that of their nation."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils import timezone

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.context import SETTING, Viewer, enter, signed
from muster.hq.boundary.key_in_use import key_in_use
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.boundary.masks import HEADQUARTERS, STAFF_BIT, masks_of
from muster.hq.people.models import Post, Trace
from muster.hq.people.queries import bits
from muster.hq.records.actions import Actor, record
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json
from muster.hq.records.hand_over import SITE_KIND, site_object

_NAMES: Final = uuid.UUID("6f0e4a52-4f0c-5b3e-9a57-2d1f6c1b7e01")


def account_trace(post: Post) -> Trace:
    """What stands for the account of a post: seen by its nation, or the headquarters alone, and by the staff."""
    owner = post.nation_id or HEADQUARTERS
    return _trace("people.account", post.code, Label(owner, Marking.RESTRICTED, frozenset()))


def post_trace(post: Post) -> Trace:
    """What stands for a post: the establishment is told every nation."""
    return _trace("people.post", post.code, Label(HEADQUARTERS, Marking.OPEN, frozenset({EVERY_NATION})))


def site_trace(site: str) -> Trace:
    """What stands for a site, and for the keys of its headquarters: every nation is told."""
    trace = Trace(id=site_object(site))
    trace.of = SITE_KIND
    trace.put_label(Label(HEADQUARTERS, Marking.OPEN, frozenset({EVERY_NATION})), bits())
    return trace


class Operator:
    """Whoever works at the machine of the headquarters, and is no post."""

    key_name = ""

    def get_username(self) -> str:
        """Give what stands for them in the journal."""
        return "OPERATOR"


def note(
    *, by: Actor, verb: TextChoices, about: Trace, at: datetime, changes: Mapping[str, tuple[Json, Json]] | None = None
) -> None:
    """Leave an event about a post, an account or the site, whatever the one who acts may write otherwise.

    Nobody need be signed in: a sign-in that fails too often is noted as well. The context of the owner lasts for this
    event only.

    Parameters
    ----------
    by
        Account that acts; for a sign-in that is barred, the one that is knocked at.
    changes
        Value before and after, by field.
    """
    told = tuple(Change(field, before, after, 0) for field, (before, after) in (changes or {}).items())
    with _in_context_of(about.owner):
        record(by=by, verb=verb, about=about, changes=told, at=at)


def _trace(kind: str, code: str, label: Label) -> Trace:
    trace = Trace(id=uuid.uuid5(_NAMES, f"{kind} {code}"))
    trace.of = kind
    trace.put_label(label, bits())
    return trace


@contextmanager
def _in_context_of(owner: str) -> Iterator[None]:
    """Write for an owner; when it fails, the savepoint takes the context back with all else.

    The database judges a context by its own clock, so it is signed by the clock and not by when something happened.
    """
    masks = masks_of({STAFF_BIT, bits()[owner]})
    viewer = Viewer(account="", owner=owner, clearance=len(MARKINGS) - 1, masks=masks)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        ((before,),) = cursor.fetchall()
        enter(cursor, signed(viewer, key_in_use(), at=timezone.now()))
        yield
        enter(cursor, before or "")
