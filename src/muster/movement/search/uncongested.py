"""How early each line could close if nothing but ways, dates, permits, joining and lines before it held it up."""

from muster.movement.search.choices import Freight, Hop, Unit


def uncongested_min(unit: Unit) -> int | None:
    """Closure of a line with every capacity unlimited; None for a line that cannot move at all."""
    line = unit.line
    if any(not freight.ways or len(freight.locked_min) > 1 for freight in unit.freights):
        return None
    ready_min = line.ready_min
    for other in unit.after:
        if other.free_min is None:
            return None
        ready_min = max(ready_min, other.free_min)
    staged = [freight for freight in unit.freights if freight.is_staged]
    start_min = ready_min
    if staged:
        joined_min = max(_earliest(freight, [w.before for w in freight.ways], ready_min, 0) for freight in staged)
        start_min = joined_min + line.integration_min
    closed = [
        _earliest(
            freight,
            [way.onward for way in freight.ways],
            start_min if freight.is_staged else ready_min,
            line.integration_min if freight.is_staged else 0,
        )
        for freight in unit.freights
    ]
    return max(closed, default=line.ready_min)


def _earliest(freight: Freight, chains: list[tuple[Hop, ...]], from_min: int, integration_min: int) -> int:
    """When the quickest of some chains ends; a load that is where it must be has no integration after it."""
    ends = []
    for chain in dict.fromkeys(chains):
        at_min = max(from_min, *freight.locked_min) if freight.locked_min else from_min
        if not chain:
            at_min -= integration_min
        for hop in chain:
            at_min = min(
                max(at_min, option.least_start_min) + option.service.duration_min for option in freight.options[hop]
            )
        ends.append(at_min)
    return min(ends)
