"""The waits of a whole plan: each with its cause, and those that decide when a line closes."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from muster.movement.checks.facts import Travel
from muster.movement.explanation.holdups import Book, Cause, Wait, last_to_join, waits_before

WaitsOfLoads: TypeAlias = Mapping[str, Sequence[Sequence[Wait]]]
"""By load, then by step: the waits before that step."""

HOLDERS: Final = frozenset({Cause.RESOURCE, Cause.STAGING, Cause.FLEET, Cause.PERMIT, Cause.CAVEAT, Cause.LOCK})
"""Causes that lie in a place, fleet, permit, caveat or override, which has a name of its own."""


def held_by(cause: Cause, what: str) -> str:
    """The place, fleet, permit, caveat or override of a wait; for other causes, the cause."""
    return what if cause in HOLDERS else cause


def waits_of_loads(book: Book) -> WaitsOfLoads:
    """Every wait of every load after its line is ready; who held what was waited for is left out."""
    return {
        load_id: [
            [wait for wait in waits_before(book, travel, ride, with_holders=False) if wait.cause is not Cause.READY]
            for ride in travel.rides
        ]
        for load_id, travel in book.facts.travels.items()
    }


def deciding_waits(book: Book, waits: WaitsOfLoads, uln: str) -> list[Wait]:
    """Waits on the way that decides when a line closes: of the load that joins last, then of the load that closes."""
    travels: Sequence[Travel] = book.facts.travels_of[uln]
    closing = max(travels, key=lambda travel: travel.reached_min, default=None)
    if closing is None:
        return []
    own = waits[closing.load.load_id]
    joining = last_to_join(book.facts, uln)
    if joining is None or closing.staged_after is None:
        return [wait for step in own for wait in step]
    before = [wait for step in waits[joining.load.load_id][: joining.staged_after] for wait in step]
    after = [wait for step in own[closing.staged_after :] for wait in step if wait.cause is not Cause.JOIN]
    return [*before, *after]
