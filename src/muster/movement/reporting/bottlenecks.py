"""What holds a move up: resources and fleets by part in the bound, waiting caused and how full they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import Facts
from muster.movement.explanation.holdups import Cause, Wait
from muster.movement.reporting.usage import DailyLoad


class BindingResource(Protocol):
    """What the report reads of a resource that holds the closure up, as the bound proves it."""

    @property
    def name(self) -> str:
        """A resource, or fleets joined by commas."""

    @property
    def price(self) -> float:
        """Its part in what holds the closure up; the parts sum to 1."""


class Bound(Protocol):
    """What the report reads of a bound."""

    @property
    def binding(self) -> Sequence[BindingResource]:
        """What holds the closure up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """A resource or fleet that holds the move up.

    Attributes
    ----------
    busy_share
        Share of the days of the move above nine tenths of capacity.
    mean_share
        Used over capacity, over the days of the move together; None where it has no capacity then.
    waiting_load_d
        Days that loads waited for it, summed over loads.
    price
        Its part in what holds the closure up, as the bound proves it; None where it has none.
    """

    resource_id: str
    busy_share: float
    mean_share: float | None
    waiting_load_d: float
    waiting_loads: int
    price: float | None


def rank_bottlenecks(
    facts: Facts, loads: Sequence[DailyLoad], waits: Sequence[Wait], prices: Mapping[str, float]
) -> tuple[Bottleneck, ...]:
    """Every resource and fleet, the worst first: by price, by waiting caused, by days busy, by load.

    A voyage that went to more urgent lines counts for its fleet.
    """
    starts = [step.start_min for move in facts.plan.moves for step in move.steps[:1]]
    ends = [move.steps[-1].end_min for move in facts.plan.moves if move.steps]
    first_day = min(starts, default=0) // MINUTES_PER_DAY
    end_day = max(ends, default=0) // MINUTES_PER_DAY + 1
    waited: dict[str, list[int]] = defaultdict(list)
    for wait in waits:
        if wait.cause in {Cause.RESOURCE, Cause.STAGING, Cause.FLEET}:
            waited[wait.what].append(wait.minutes)
        elif wait.cause is Cause.PRIORITY:
            waited[facts.trips[wait.what].asset.fleet_id].append(wait.minutes)
    rows = []
    for load in loads:
        used = sum(load.used[first_day:end_day])
        room = sum(value or 0.0 for value in load.capacity[first_day:end_day])
        rows.append(
            Bottleneck(
                resource_id=load.resource_id,
                busy_share=load.busy_share(first_day, end_day),
                mean_share=used / room if room else None,
                waiting_load_d=sum(waited[load.resource_id]) / MINUTES_PER_DAY,
                waiting_loads=len(waited[load.resource_id]),
                price=prices.get(load.resource_id),
            )
        )
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                -(row.price or 0.0),
                -row.waiting_load_d,
                -row.busy_share,
                -(row.mean_share or 0.0),
                row.resource_id,
            ),
        )
    )


def prices_of(bound: Bound | None, summary: Mapping[str, object]) -> dict[str, float]:
    """Parts of resources and fleets in what holds the closure up; alike fleets that bind together share theirs."""
    if bound is not None:
        pairs = [(each.name, each.price) for each in bound.binding]
    else:
        pairs = [(str(row["name"]), find_number(row, "price") or 0.0) for row in list_rows(summary, "binding")]
    prices: dict[str, float] = defaultdict(float)
    for names, price in pairs:
        for name in names.split(", "):
            prices[name] += price
    return dict(prices)


def list_rows(summary: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """Rows of a list in the summary; none where it has no such list."""
    rows = summary.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def find_number(row: Mapping[str, object], name: str) -> float | None:
    """A number of the summary; None where it has none of this name."""
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else None
