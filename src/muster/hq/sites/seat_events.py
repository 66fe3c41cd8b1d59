"""The seat in the journal: what is known of it here, and the steps that are taken here."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.folder import FIRST_SITE, SITE_KEY_NAME
from muster.hq.people.choices import Role
from muster.hq.people.models import Account, Trace
from muster.hq.people.queries import bits
from muster.hq.people.traces import note
from muster.hq.records.canonical import Json, canonical_json
from muster.hq.records.keys import load_site_key
from muster.hq.records.models import EventRow
from muster.hq.sites.choices import SeatVerb
from muster.hq.sites.digest import digest_at, vector
from muster.hq.sites.holding import EVERYTHING
from muster.hq.sites.models import KnownSite
from muster.hq.sites.seat import Move, Plan, Register, Step, Taken, fold
from muster.hq.sites.seat_rules import may_plan, may_take

KIND: Final = "sites.seat"
"""Kind of a move, as events name it."""
DOMAIN: Final = b"muster/sites/seat/1\n"
"""Begins what the key of a site signs for a move."""
_ONE_AT_A_TIME: Final = 0x5EA4
"""Lock of the database under which one step is taken: a site accepts one move for an epoch, whoever presses twice."""


class SeatRefused(Exception):
    """A step that cannot be taken; the message says why."""


def may_lead(account: Account) -> bool:
    """Whether an account takes steps: the chief of staff, at each site its own."""
    return account.post.role == Role.CHIEF


def list_events() -> list[EventRow]:
    """Events of all moves, with their bodies, in the order of their times."""
    return list(EventRow.objects.filter(object_kind=KIND).select_related("body").order_by("time", "site"))


def known_seat() -> Register:
    """What is known here of the seat."""
    return fold(FIRST_SITE, [taken_in(event) for event in list_events()])


def told_in(event: EventRow) -> dict[str, Any]:
    """What an event says, by field."""
    changes = json.loads(event.body.content)["changes"]
    return {change["field"]: change["after"] for change in changes}


def taken_in(event: EventRow) -> Taken:
    """The step of an event."""
    told, step = told_in(event), Step(event.verb)
    if step is not Step.PLANNED:
        return Taken(step, event.object_id, event.site)
    plan = Plan(
        event.object_id, told["epoch"], told["leaves"], told["to"], frozenset(told["voters"]), told["declaration"] or ""
    )
    return Taken(step, event.object_id, event.site, plan)


def list_voters() -> frozenset[str]:
    """Sites that are asked about a move: all that are known."""
    return frozenset(KnownSite.objects.values_list("code", flat=True))


def list_whole() -> frozenset[str]:
    """Sites that may hold everything: only there can the seat be."""
    return frozenset(site.code for site in KnownSite.objects.all() if site.holds() == EVERYTHING)


@transaction.atomic
def plan_move(*, to: str, declaration: str, by: Account, at: datetime) -> uuid.UUID:
    """Plan that the seat moves to another site; with a declaration, that this site takes it over.

    Raises
    ------
    SeatRefused
        When this site may not.
    """
    known = _alone(by)
    voters = list_voters()
    if to in voters and to not in list_whole():
        raise SeatRefused(_("%(site)s may not hold everything, so the seat cannot be there.") % {"site": to})
    if not may_plan(known, settings.SITE, to, voters, takes_over=bool(declaration)):
        raise SeatRefused(
            _("The seat is at %(seat)s: it is handed over there, one move at a time; a site takes it for itself alone.")
            % {"seat": known.seat}
        )
    move = uuid.uuid4()
    told: dict[str, Json] = {
        "epoch": known.next_epoch(), "leaves": known.seat, "to": to, "voters": list[Json](sorted(voters)),
        "declaration": declaration or None,
    }  # fmt: skip
    _note(Step.PLANNED, move, told, by, at)
    return move


@transaction.atomic
def take_step(*, step: Step, move: uuid.UUID, by: Account, at: datetime) -> None:
    """Take a step of a move.

    Raises
    ------
    SeatRefused
        When this site may not take it, or what it must prove is not so.
    """
    known = _alone(by)
    found = known.find(move)
    if found is None or not may_take(step, known, found, settings.SITE):
        raise SeatRefused(_("This step cannot be taken here now."))
    told: dict[str, Json] = {"epoch": found.plan.epoch}
    if step is Step.FROZEN:
        has = vector()
        told |= {"vector": dict(has), "digest": digest_at(has)}
    elif step is Step.PROVED:
        told |= _proof(found)
    elif step is Step.SIGNED:
        told["signature"] = sign_move(found)
    _note(step, move, told, by, at)


def sign_move(move: Move) -> str:
    """The signature of this site under a move, in hexadecimal."""
    return load_site_key(settings.FOLDER / SITE_KEY_NAME).sign(signed_text(move)).hex()


def signed_text(move: Move) -> bytes:
    """What the sites sign."""
    plan = move.plan
    told: dict[str, Json] = {
        "declaration": plan.declaration, "epoch": plan.epoch, "leaves": plan.leaves, "move": str(plan.move),
        "to": plan.to, "voters": list[Json](sorted(plan.voters)),
    }  # fmt: skip
    return DOMAIN + canonical_json(told)


def _proof(move: Move) -> dict[str, Json]:
    """What this site proves: it has all that the other one had, and comes to the same."""
    frozen = next(told_in(event) for event in list_events()
                  if event.object_id == move.plan.move and event.verb == Step.FROZEN)  # fmt: skip
    needed: Mapping[str, int] = frozen["vector"]
    has = vector()
    lacking = [f"{site}#{last}" for site, last in sorted(needed.items()) if has.get(site, 0) < last]
    if lacking:
        raise SeatRefused(
            _("This site lacks events up to %(lacking)s; take them in first.") % {"lacking": ", ".join(lacking)}
        )
    digest = digest_at(needed)
    if digest != frozen["digest"]:
        raise SeatRefused(
            _("What this site works out from the same events is not what the other one has: %(digest)s.")
            % {"digest": digest}
        )
    return {"vector": dict(needed), "digest": digest}


def _alone(by: Account) -> Register:
    """What is known, while nobody else takes a step here."""
    if not may_lead(by):
        raise SeatRefused(_("The chief of staff of a site takes its steps."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    return known_seat()


def _note(step: Step, move: uuid.UUID, told: Mapping[str, Json], by: Account, at: datetime) -> None:
    trace = Trace(id=move)
    trace.of = KIND
    trace.put_label(Label(HEADQUARTERS, Marking.OPEN, frozenset({EVERY_NATION})), bits())
    note(
        by=by,
        verb=SeatVerb(step.value),
        about=trace,
        at=at,
        changes={name: (None, value) for name, value in told.items()},
    )
