"""What is kept of a move of the seat: what sites said, with the signatures under it, to be checked anywhere."""

from typing import Any, Final

from muster.hq.sites.models import KnownSite
from muster.hq.sites.seat import Move
from muster.hq.sites.seat_events import DOMAIN, list_events, signed_text, told_in

FORMAT: Final = "muster-seat/1"


def evidence_of(move: Move) -> dict[str, Any]:
    """The plan, each step with its event, what was signed, and the keys with which the journals of the sites began.

    A signature is Ed25519, of ``signed`` as it stands, in UTF-8; the events are in the journals of their sites.
    """
    plan = move.plan
    return {
        "format": FORMAT,
        "move": str(plan.move),
        "epoch": plan.epoch,
        "leaves": plan.leaves,
        "to": plan.to,
        "voters": sorted(plan.voters),
        "majority": plan.majority,
        "declaration": plan.declaration,
        "is_opened": move.is_opened,
        "signed": signed_text(move).decode(),
        "signed_begins_with": DOMAIN.decode(),
        "steps": [
            {
                "event": f"{event.site}#{event.sequence}", "time": event.time, "step": event.verb,
                "post": event.actor, "told": told_in(event),
            }
            for event in list_events()
            if event.object_id == plan.move
        ],
        "first_keys": dict(KnownSite.objects.filter(code__in=plan.voters).values_list("code", "public_key")),
    }  # fmt: skip
