"""A nation's part of problem and plan by itself: whoever holds it can draw and check it, and learns of no other.

Where `of_nation` leaves the whole network so that a nation can plan on it, nothing is left here but what moves its own
lines: ways that are offered to others would tell where they begin.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from muster.movement.deconflict.nations import NO_ROOM, of_nation, part_of
from muster.movement.plan import Plan, Unmoved
from muster.movement.problem import SELF, Asset, Leg, Line, Load, Mobility, Problem, Resource


def own_part(problem: Problem, plan: Plan, nation: str) -> tuple[Problem, Plan]:
    """A nation's lines with the ways, places and lift by which the plan moves them.

    What one gets of a part is that part again.
    """
    part = part_of(problem, nation, plan)
    part = replace(part, unmoved=tuple(Unmoved(uln=row.uln, reason=NO_ROOM) for row in part.unmoved))
    own = of_nation(problem, nation)
    ways = {move.load_id: move.itinerary_id for move in part.moves}
    itineraries = tuple(way for way in own.itineraries if way.itinerary_id in set(ways.values()))
    made = {leg for way in itineraries for leg in way.legs}
    legs = tuple(leg for leg in own.legs if leg.leg_id in made)
    aboard = {voyage.asset_id for voyage in part.voyages}
    assets = tuple(replace(asset, users=()) for asset in own.assets if asset.asset_id in aboard)
    kinds = tuple(row for row in own.asset_types if row.asset_type_id in {asset.asset_type_id for asset in assets})
    places = _places(own.lines, legs, assets)
    return (
        replace(
            own,
            sites=tuple(site for site in own.sites if site.place in places),
            lines=_lines(own.lines),
            loads=tuple(_on_its_way(load, ways) for load in own.loads),
            itineraries=itineraries,
            legs=tuple(_leg(leg, {kind.asset_type_id for kind in kinds}) for leg in legs),
            asset_types=kinds,
            assets=assets,
            mobilities=_mobilities(own.mobilities, {kind.mobility_id for kind in kinds}, places),
            resources=_resources(own.resources, nation, places | {row.party for leg in legs for row in leg.gangs}),
            permits=tuple(permit for permit in own.permits if permit.nation == nation),
            caveats=(),
            overrides=(),
            assumptions=(),
            disputed_facts=(),
            shapes={leg: shape for leg, shape in own.shapes.items() if leg in made},
        ),
        part,
    )


def _places(lines: Iterable[Line], legs: Iterable[Leg], assets: Iterable[Asset]) -> set[str]:
    """Places that lines, legs with their crossings, and homes of assets name."""
    named = {place for line in lines for place in (line.origin, line.destination, line.staging) if place is not None}
    for leg in legs:
        named |= {leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
    return named | {asset.home for asset in assets}


def _lines(lines: Collection[Line]) -> tuple[Line, ...]:
    """Lines that wait for each other; that they wait for those of others is left out."""
    ulns = {line.uln for line in lines}
    return tuple(replace(line, after=tuple(uln for uln in line.after if uln in ulns)) for line in lines)


def _on_its_way(load: Load, ways: Mapping[str, str]) -> Load:
    """A load with the one itinerary that it takes; with none where it does not move."""
    return replace(load, itineraries=(ways[load.load_id],) if load.load_id in ways else ())


def _leg(leg: Leg, kinds: Collection[str]) -> Leg:
    """A leg with the asset types that the nation has to do with; a leg that its lines make needs one at least."""
    own = {kind: minutes for kind, minutes in leg.travel_min.items() if kind == SELF or kind in kinds}
    return replace(leg, travel_min=own)


def _mobilities(rows: Iterable[Mobility], wanted: Collection[str], places: Collection[str]) -> tuple[Mobility, ...]:
    """Empty travel between the places that are left."""
    cut = []
    for row in rows:
        if row.mobility_id in wanted:
            kept = [number for number, place in enumerate(row.places) if place in places]
            minutes = tuple(tuple(row.travel_min[one][other] for other in kept) for one in kept)
            cut.append(replace(row, places=tuple(row.places[number] for number in kept), travel_min=minutes))
    return tuple(cut)


def _resources(rows: Iterable[Resource], nation: str, places: Collection[str]) -> tuple[Resource, ...]:
    """What the places that are left can run out of, without what counts for others alone."""
    return tuple(row for row in rows if row.place in places and row.nation in {None, nation})
