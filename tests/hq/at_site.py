"""Run as a program: a site at work. Each line that is read says what to do, each that is written what came of it.

A process of its own, because Django works for one headquarters in one process.
"""

import json

# ruff: noqa: PLC0415 - what stands on models is imported once the process works for a headquarters
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from muster.disclosure.labels import Label
from muster.hq.folder import SITE_KEY_NAME
from muster.hq.serving import founded


def account_at(site_post: str) -> Any:
    """The account of a post here, made where there is none."""
    from muster.hq.people.models import Account, Post

    found = Account.objects.filter(post_id=site_post).first()
    return found or Account.objects.of_post(Post.objects.get(pk=site_post), None)


def work(post: str, act: str, name: str, *told: str) -> None:
    """Do one thing to the offer of a name, as a post."""
    from django.db import transaction

    from muster.hq.founding import act_as
    from muster.hq.scenario import actions
    from muster.hq.scenario.models import Row
    from muster.hq.sites.models import ConflictRow

    by, at = account_at(post), datetime.now(UTC)
    with transaction.atomic():
        act_as(by, at=at)
        if act == "enter":
            cells = {"offer_id": name, "nation": by.post.nation_id, "name": told[0], "capability": "infantry",
                     "size": "company", "quantity": "1", "status": "pledge"}  # fmt: skip
            label = Label.parse(told[1]) if len(told) > 1 else actions.first_label(by.post.nation_id)
            actions.enter_rows(rows=[actions.NewRow("offers", cells, label)], by=by, at=at)
            return
        row = Row.objects.filter(table="offers", name=name).order_by("site").first()
        assert row is not None, name
        where = {"row": row.pk, "version": row.version, "by": by, "at": at}
        if act == "change":
            actions.change_row(cells={**row.cells, told[0]: told[1]}, **where)
        elif act == "label":
            actions.label_row(label=Label.parse(told[0]), **where)
        elif act == "remove":
            actions.remove_row(**where)
        elif act == "restore":
            actions.restore_row(**where)
        elif act == "settle":
            found = ConflictRow.objects.filter(thing_id=row.pk, field=told[0], settled_by="").order_by("pk")[0]
            actions.settle_conflict(
                conflict=found.pk, passed_over=told[1] == "passed_over", version=row.version, by=by, at=at
            )


def tell() -> dict[str, Any]:
    """What the site has: its offers, its conflicts, and how many events and bodies of each site."""
    from django.conf import settings
    from django.db.models import Count

    from muster.hq.boundary.masks import bits_by_code
    from muster.hq.people.models import Principal
    from muster.hq.records.models import EventRow
    from muster.hq.scenario.models import Row
    from muster.hq.sites.models import ConflictRow, KnownSite

    bits = bits_by_code(Principal.objects.using("owner").values_list("code", "bit"))
    rows = Row.objects.using("owner").filter(table="offers")
    conflicts = ConflictRow.objects.using("owner").order_by("pk")
    events = EventRow.objects.using("owner").order_by().values("site")
    own = KnownSite.objects.using("owner").get(code=settings.SITE).holds()
    bodies = EventRow.objects.using("owner").exclude(site=settings.SITE).filter(body__isnull=False)
    return {
        "strange_bodies": sum(not own.may_hold(row.label(bits)) for row in bodies),
        "rows": {
            f"{row.name} {row.site}": [
                row.cells, str(row.label(bits)), row.version, row.removed_at is not None, str(row.pk), row.position
            ]
            for row in rows
        },
        "conflicts": [
            [each.field, each.passed_over["value"], each.standing["value"], each.settled_by, str(each.label(bits))]
            for each in conflicts
        ],
        "events": dict(events.annotate(n=Count("pk")).values_list("site", "n")),
        "bodies": dict(events.annotate(n=Count("body")).values_list("site", "n")),
    }  # fmt: skip


def send(path: str, to: str, *, everything: bool) -> dict[str, int]:
    """Seal, and write a file for another site."""
    from django.conf import settings

    from muster.hq.records.keys import load_site_key
    from muster.hq.records.sealing import seal_new
    from muster.hq.sites.sending import send as write

    seal_new(load_site_key(settings.FOLDER / SITE_KEY_NAME), at=datetime.now(UTC))
    return write(Path(path), to=to, everything=everything)


def receive(path: str) -> dict[str, Any]:
    """Take a file in; gives what became of it, or why it was refused."""
    from muster.hq.refused import Refused
    from muster.hq.sites.receiving import receive as take_in

    try:
        received = take_in(Path(path), at=datetime.now(UTC))
    except Refused as refused:
        return {"refused": str(refused)}
    return {"events": dict(received.events), "waiting": dict(received.waiting), "not_taken": received.not_taken}


def lead(told: dict[str, Any]) -> dict[str, Any]:
    """Plan a move of the seat or take a step of the one that goes on; gives what is known of the seat then."""
    from django.conf import settings
    from django.db import transaction

    from muster.hq.founding import act_as
    from muster.hq.sites import seat_events
    from muster.hq.sites.reserved import why_not_here
    from muster.hq.sites.seat import Step

    by, at, refused = account_at("COS"), datetime.now(UTC), ""
    with transaction.atomic():
        act_as(by, at=at)
        try:
            if "plan" in told:
                seat_events.plan_move(to=told["plan"], declaration=told.get("declaration", ""), by=by, at=at)
            elif "step" in told:
                live = seat_events.known_seat().live
                move = live[0].plan.move if live else uuid.UUID(int=0)
                seat_events.take_step(step=Step(told["step"]), move=move, by=by, at=at)
        except seat_events.SeatRefused as why:
            refused = str(why)
        known = seat_events.known_seat()
        return {
            "seat": known.seat, "epoch": known.epoch, "holds": known.holds_seat(settings.SITE),
            "why_not": why_not_here(), "refused": refused,
        }  # fmt: skip


def main() -> None:
    """Work at the site of a folder until nothing more is said."""
    with founded(Path(sys.argv[1])):
        for line in sys.stdin:
            told = json.loads(line)
            if "send" in told:
                answer: Any = send(*told["send"], everything=told["everything"])
            elif "seat" in told:
                answer = lead(told["seat"])
            elif "receive" in told:
                answer = receive(told["receive"])
            else:
                for act in told["acts"]:
                    work(*act)
                answer = tell() if told["tell"] else {}
            print(json.dumps(answer, sort_keys=True), flush=True)


if __name__ == "__main__":
    main()
