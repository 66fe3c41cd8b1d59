"""March tables and movement graphs as the page reads them."""

from collections.abc import Mapping
from typing import Any, Final

from muster.movement.reporting.march import Convoy, HaltKind
from muster.movement.reporting.march_graph import MovementGraph
from muster.movement.reporting.report import Report

_HALT_INDEX: Final = {kind: index for index, kind in enumerate(HaltKind)}


def convoy_rows(report: Report, *, nations: Mapping[str, int], sites: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows of the march table; nations and places by their index, a halt as kind, start and end."""
    names = {site.place: site.name for site in report.sites}
    return [_convoy(convoy, nations, sites, names) for convoy in report.convoys]


def _convoy(
    convoy: Convoy, nations: Mapping[str, int], sites: Mapping[str, int], names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "number": convoy.number,
        "uln": convoy.uln,
        "nation": nations[convoy.nation],
        "origin": sites[convoy.origin],
        "destination": sites[convoy.destination],
        "distance_m": convoy.distance_m,
        "vehicles": convoy.vehicles,
        "road_space_m": round(convoy.road_space_m),
        "start_min": convoy.start_min,
        "end_min": convoy.end_min,
        "clear_min": convoy.clear_min,
        "credits": [
            {
                "number": credit.number,
                "place": names.get(credit.crossing, credit.crossing),
                "arrival_min": credit.arrival_min,
                "clear_min": credit.clear_min,
            }
            for credit in convoy.credits
        ],
        "halts": [[_HALT_INDEX[halt.kind], halt.start_min, halt.end_min] for halt in convoy.halts],
    }


def corridor_rows(report: Report) -> list[dict[str, Any]]:
    """Movement graphs; convoys by their index in the march table."""
    index = {convoy.number: number for number, convoy in enumerate(report.convoys)}
    return [_corridor(graph, index) for graph in report.graphs]


def _corridor(graph: MovementGraph, index: Mapping[str, int]) -> dict[str, Any]:
    along = {point.place: point for point in graph.corridor.points}
    return {
        "points": [{"name": point.name, "distance_m": point.distance_m} for point in graph.corridor.points],
        "lines": [
            {
                "convoy": index[line.convoy],
                "distance_m": [point.distance_m for point in line.points],
                "head_min": [point.head_min for point in line.points],
                "tail_min": [point.tail_min for point in line.points],
            }
            for line in graph.lines
        ],
        "conflicts": [
            {
                "place": along[conflict.place].name,
                "distance_m": along[conflict.place].distance_m,
                "convoys": [index[number] for number in conflict.convoys],
                "start_min": conflict.start_min,
                "end_min": conflict.end_min,
            }
            for conflict in graph.conflicts
        ],
    }
