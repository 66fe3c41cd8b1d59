"""What stands now and the plan does not know: rows of the scenario that changed since, and gates that are closed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from muster.forces import GateState
from muster.hq.board.pictures import Warned, WarningKind
from muster.hq.board.queries import Kept
from muster.hq.board.rules import Side
from muster.hq.plans.models import Making, Plan
from muster.hq.scenario.models import Row
from muster.hq.scenario.queries import list_rows

GATES: Final = "gates"


def list_standing(kept: Kept, side: Side) -> Iterator[Warned]:
    """Warnings that come from the scenario as it stands, as far as the viewer may see it.

    A nation is told of rows and gates of its own, and of gates that their owners show it.
    """
    rows = Row.objects.filter(changed_at__gt=_known_until(kept))
    changed = rows.count() if side.nation is None else rows.filter(owner=side.nation).count()
    if changed:
        yield Warned(kind=WarningKind.STALE, subject="", name=kept.title, amount=changed)
    for row in list_rows(GATES).filter(cells__state=GateState.CLOSED):
        told = " ".join(filter(None, (row.cells.get("nation"), row.cells.get("kind"))))
        subject, opens = row.cells.get("gate_id", row.name), row.cells.get("opens", "")
        yield Warned(kind=WarningKind.GATE, subject=subject, name=told, amount=0, reason=opens)


def _known_until(kept: Kept) -> datetime:
    """When what the plan was made of was kept; when the plan was kept, for who may not see what it was made of."""
    making = Making.objects.filter(plan=kept.plan).select_related("of_version").first()
    if making is not None and making.of_version is not None:
        return making.of_version.made_at
    return Plan.objects.get(pk=kept.plan).made_at
