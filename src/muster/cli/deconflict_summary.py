"""What a deconfliction found and proposes, as a terminal shows it."""

from collections.abc import Iterator, Sequence
from typing import Final

from muster.exchange.deconfliction_json import DeconflictionRecord
from muster.measures import MINUTES_PER_HOUR
from muster.movement.deconflict.clashes import Clash, ClashKind

SHOWN: Final = 6
"""Places and fleets told on the terminal; all of them stand in ``deconfliction.json``."""


def show_deconfliction(record: DeconflictionRecord) -> Iterator[str]:
    """Conflicts, the narrowest places and fleets, the curve, and what is asked of each nation."""
    count = sum(record.conflicts_by_rule.values())
    yield f"{count} conflict{'' if count == 1 else 's'}; {record.lines_in_conflict} of {record.lines} lines are in one"
    yield from (f"  {rule:<20}{number:6d}" for rule, number in record.conflicts_by_rule.items())
    for nation, faults in record.own_faults.items():
        yield f"{nation} by itself: {len(faults)} finding{'' if len(faults) == 1 else 's'}, first {faults[0]}"
    if record.without_table:
        yield f"no table from {', '.join(record.without_table)}: their lines are moved where there is room"
    for kind in ClashKind:
        yield from _narrowest(kind, [clash for clash in record.clashes if clash.kind is kind])
    yield from _curve(record)
    yield "nation  lines  in conflict  changed  share  legs moved  later h  newly late  unmoved"
    for row in record.burdens:
        yield (
            f"{row.nation:<6}  {row.lines:5d}  {row.in_conflict:11d}  {row.changed:7d}  {row.share:4.0%}  "
            f"{row.legs:10d}  {row.later_min / MINUTES_PER_HOUR:7.0f}  {row.newly_late:10d}  {row.unmoved:7d}"
        )


def _narrowest(kind: ClashKind, found: Sequence[Clash]) -> Iterator[str]:
    for clash in found[:SHOWN]:
        worst = max(clash.days, key=lambda day: day.over / max(1, day.limit or 1))
        wants = ", ".join(f"{nation} {amount}" for nation, amount in worst.wants.items() if amount)
        limit = "" if worst.limit is None else f" over {worst.limit}"
        yield (
            f"{kind} {clash.subject}: too much on {len(clash.days)} day{'' if len(clash.days) == 1 else 's'}, "
            f"most on C+{worst.day}: {worst.over}{limit} ({wants})"
        )
    if len(found) > SHOWN:
        yield f"and {len(found) - SHOWN} more of this kind"


def _curve(record: DeconflictionRecord) -> Iterator[str]:
    yield (
        f"each alone: weighted lateness {record.weighted_lateness_alone_d:.1f} d, "
        f"closure {record.closure_alone_d:.2f} d; joint plans:"
    )
    yield "   legs moved  lines  largest share  unmet weight  weighted lateness d  closure d"
    for row in record.curve:
        yield (
            f"{'>' if row.is_proposed else ' '}  {row.legs_moved:10d}  {row.lines_changed:5d}  "
            f"{row.largest_share:12.0%}   {row.unmet_weight:12d}  {row.weighted_lateness_d:19.1f}  {row.closure_d:9.2f}"
        )
