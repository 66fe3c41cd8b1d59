"""From a scenario's tables and the transport network to a deployment problem.

The main path: lift becomes assets, places become a theatre with routes, lines become loads, loads get the itineraries
that the network offers and that caveats, permits and overrides leave; what was assumed on the way is written down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

import numpy as np

from muster.forces import CaveatEffect
from muster.measures import MINUTES_PER_DAY, MINUTES_PER_HOUR
from muster.measures.geodesy import distances_m
from muster.movement.inputs import MovementInputs, PermitRule, PermitState, RequirementLine
from muster.movement.preparation.adoption import Adoption
from muster.movement.preparation.barriers import Barrier, find_barriers
from muster.movement.preparation.itineraries import Chain, Chains, Need, returns
from muster.movement.preparation.lift import MODE_OF, Lift, make_lift
from muster.movement.preparation.loading import Loader
from muster.movement.preparation.sieve import Sieve
from muster.movement.preparation.terminals import Terminals
from muster.movement.preparation.ways import Way, Ways
from muster.movement.problem import (
    Asset,
    CargoClass,
    Caveat,
    Itinerary,
    Leg,
    Line,
    Load,
    NoWay,
    Override,
    OverrideKind,
    Permit,
    Problem,
    Site,
)
from muster.movement.turns import in_turn
from muster.network import Anchor, Crossing, LinkOverride, Mode, TransportTables
from muster.network.routes import Network, build_network
from muster.reference import Place, PlaceKind

ONWARD_CHAINS: Final = 4
"""Chains looked at from a staging area to the destination."""
OFFERED: Final = 16
"""Itineraries offered to a load at most."""
DETOURS: Final = 2
"""Road routes round the crossings of the shortest one, from a staging area to the destination."""
NEAR_KM: Final = 250
"""Railheads and airfields further from everything that a scenario names are not looked at."""
_TERMINAL_KINDS: Final = frozenset({PlaceKind.RAILHEAD, PlaceKind.PORT, PlaceKind.AIRFIELD, PlaceKind.GAUGE_POINT})
_CROSSING_KINDS: Final = frozenset({PlaceKind.BORDER, PlaceKind.BRIDGE})


def prepare_problem(inputs: MovementInputs, tables: TransportTables) -> Problem:
    """Prepare the deployment problem of one case of a scenario.

    Parameters
    ----------
    inputs
        What the scenario says, already free of faults.
    tables
        The packaged transport network.
    """
    adoption = Adoption(inputs.factors, inputs.adopted)
    for factor_id in sorted(inputs.adopted):
        if factor_id.startswith("risk."):
            adoption.keep(factor_id)
    horizon_min = inputs.horizon_d * MINUTES_PER_DAY
    lift = make_lift(inputs.fleets, inputs.platforms, inputs.timeline, horizon_min, adoption)
    theatre = _theatre(inputs)
    barriers = find_barriers(inputs.places, inputs.links)
    ways = Ways(_network(inputs, theatre, tables), theatre, lift, barriers)
    terminals = Terminals(inputs.places, inputs.calendars, inputs.timeline, adoption)
    ways.add_detours(((row.staging or row.origin, row.dest) for row in inputs.lines), DETOURS)
    chains = Chains(ways, terminals, adoption)
    loader = Loader(inputs.platforms, inputs.unit_types, inputs.cargo, adoption)

    lines = tuple(_line(row, inputs, adoption) for row in inputs.lines)
    loads = {row.uln: loader.loads(row) for row in inputs.lines}
    offers = _Offers(chains, lift, barriers, _closed_countries(inputs))
    for row in inputs.lines:
        for load in loads[row.uln]:
            offers.add(row, load)
    legs, shapes = ways.legs(offers.ways.values())

    permits = _permits(inputs, legs)
    overrides = (*_overrides(inputs), *_chosen_ports(inputs, offers, loads, adoption))
    caveats = _caveats(inputs)
    sieve = Sieve(
        lift=lift,
        legs={leg.leg_id: leg for leg in legs},
        itineraries=offers.itineraries,
        lines={line.uln: line for line in lines},
        caveats=caveats,
        overrides=overrides,
        denied={(permit.nation, permit.country): permit.permit_id for permit in permits if permit.granted_min is None},
    )
    kept: list[Load] = []
    no_ways: list[NoWay] = []
    for row in inputs.lines:
        for load in loads[row.uln]:
            passed, reason = sieve.sift(load, offers.of(row, load))
            kept.append(replace(load, itineraries=passed))
            if not passed:
                no_ways.append(NoWay(uln=row.uln, load_id=load.load_id, reason=reason))
    no_ways += _held_back(lines, no_ways)
    used_itineraries, used_legs = _used(kept, offers.itineraries, legs)
    return Problem(
        title=inputs.title,
        case=inputs.case,
        scenario_hash=inputs.scenario_hash,
        timeline=inputs.timeline,
        horizon_min=horizon_min,
        sites=_sites(inputs, used_legs, lines, lift.assets),
        lines=tuple(replace(line, loads=tuple(load.load_id for load in loads[line.uln])) for line in lines),
        loads=tuple(kept),
        itineraries=used_itineraries,
        legs=used_legs,
        asset_types=lift.asset_types,
        assets=lift.assets,
        mobilities=ways.mobilities(used_legs),
        resources=terminals.resources(used_legs, inputs.caveats),
        permits=permits,
        caveats=caveats,
        overrides=overrides,
        no_ways=tuple(no_ways),
        assumptions=tuple(adoption.assumptions.values()),
        disputed_facts=tuple(adoption.disputes.values()),
        shapes={leg.leg_id: shapes[leg.leg_id] for leg in used_legs},
    )


def _theatre(inputs: MovementInputs) -> Mapping[str, Place]:
    """Places between which something may move.

    Those that lines, fleets, overrides and links name, every port and gauge point, and the railheads and airfields near
    what is named.
    """
    named = {place for row in inputs.lines for place in (row.origin, row.dest, row.staging, row.poe, row.pod) if place}
    named |= {fleet.home for fleet in inputs.fleets}
    named |= {row.place for row in inputs.overrides if row.place}
    named |= {end for row in inputs.links for end in (row.from_place, row.to_place)}
    named &= inputs.places.keys()
    terminals = [name for name, place in inputs.places.items() if place.kinds & _TERMINAL_KINDS]
    centres = np.array([_position(inputs.places[name]) for name in sorted(named)]).reshape(-1, 2)
    spread = np.array([_position(inputs.places[name]) for name in terminals]).reshape(-1, 2)
    pairs = np.concatenate(np.broadcast_arrays(spread[:, None, :], centres[None, :, :]), axis=2).reshape(-1, 4)
    apart_m = distances_m(*pairs.T).reshape(len(terminals), -1)
    near = {name for name, least_m in zip(terminals, apart_m.min(axis=1), strict=True) if least_m <= NEAR_KM * 1000}
    far = {name for name in terminals if inputs.places[name].kinds & {PlaceKind.PORT, PlaceKind.GAUGE_POINT}}
    return {name: place for name, place in inputs.places.items() if name in named | near | far}


def _position(place: Place) -> tuple[float, float]:
    return place.latitude_deg, place.longitude_deg


def _network(inputs: MovementInputs, theatre: Mapping[str, Place], tables: TransportTables) -> Network:
    anchors = [Anchor(name, place.latitude_deg, place.longitude_deg, place.country) for name, place in theatre.items()]
    crossings = [
        Crossing(
            name,
            place.latitude_deg,
            place.longitude_deg,
            _crossing_modes(place),
            (place.countries[0], place.countries[-1]),
        )
        for name, place in inputs.places.items()
        if place.kinds & _CROSSING_KINDS
    ]
    links = [
        LinkOverride(
            link_id=row.link_id,
            mode=row.mode,
            from_place=row.from_place,
            to_place=row.to_place,
            distance_m=None if row.distance_km is None else round(row.distance_km * 1000),
            closed=row.closed,
            crossing_id=row.crossing,
        )
        for row in inputs.links
    ]
    return build_network(tables, anchors, crossings, links)


def _crossing_modes(place: Place) -> frozenset[Mode]:
    """Modes that a crossing carries: those for which its table gives a flow; rail where it changes gauge, else road."""
    by_rail = place.crossing_wagons_per_day is not None
    by_road = place.crossing_vehicles_per_day is not None or place.crossing_credits_per_day is not None
    modes = {mode for mode, carried in ((Mode.RAIL, by_rail), (Mode.ROAD, by_road)) if carried}
    return frozenset(modes or {Mode.RAIL if PlaceKind.GAUGE_POINT in place.kinds else Mode.ROAD})


def _line(row: RequirementLine, inputs: MovementInputs, adoption: Adoption) -> Line:
    """A line without its loads."""
    timeline = inputs.timeline
    join_d = row.join_window_d if row.join_window_d is not None else adoption.number("staging.join_window_d")
    cohesion_d = row.cohesion_window_d if row.cohesion_window_d is not None else adoption.number("cohesion.window_d")
    return Line(
        uln=row.uln,
        name=row.name,
        nation=row.nation,
        priority=row.priority,
        weight=adoption.whole(f"priority.weight.{row.priority}"),
        ready_min=max(0, timeline.minute(row.rld)),
        required_min=timeline.minute(row.rdd),
        origin=row.origin,
        destination=row.dest,
        loads=(),
        staging=_staging(row),
        parent_uln=row.parent_uln,
        join_window_min=round(join_d * MINUTES_PER_DAY),
        integration_min=round(adoption.number("staging.integration_h") * MINUTES_PER_HOUR),
        cohesion_window_min=round(cohesion_d * MINUTES_PER_DAY),
        after=row.after,
        unit_type=row.unit_type,
    )


def _held_back(lines: Sequence[Line], no_ways: Sequence[NoWay]) -> Iterator[NoWay]:
    """Lines that wait for a line without a way, or for one that is held back so."""
    after = {line.uln: line.after for line in lines}
    stuck = {no_way.uln for no_way in no_ways}
    for uln in in_turn(after, after):
        ahead = next((name for name in after[uln] if name in stuck), None)
        if ahead is not None and uln not in stuck:
            stuck.add(uln)
            yield NoWay(uln=uln, load_id=None, reason=f'It waits for line "{ahead}", which has no way.')


def _staging(row: RequirementLine) -> str | None:
    """Staging area of a line; a line that starts there has nothing to join."""
    return None if row.staging == row.origin else row.staging


class _Offers:
    """Itineraries by what they connect for which need; loads that ask the same share them."""

    def __init__(
        self, chains: Chains, lift: Lift, barriers: Mapping[str, Barrier], closed: Mapping[str, frozenset[str]]
    ) -> None:
        self._chains, self._lift, self._barriers, self._closed = chains, lift, barriers, closed
        self._by_key: dict[tuple[Need, str, str | None, str], tuple[str, ...]] = {}
        self.itineraries: dict[str, Itinerary] = {}
        self.ways: dict[str, Way] = {}

    def _key(self, row: RequirementLine, load: Load) -> tuple[Need, str, str | None, str]:
        ends = {self._country_of(place) for place in (row.origin, row.staging, row.dest) if place}
        crossings = (name for name, barrier in self._barriers.items() if barrier.bars(load, Mode.ROAD))
        need = Need(
            cargo=load.cargo,
            able=self._lift.able(row.nation, load),
            via=frozenset(port for port in (row.poe, row.pod) if port),
            barred=tuple(sorted((*crossings, *(self._closed.get(row.nation, frozenset()) - ends)))),
        )
        return (need, row.origin, None if load.cargo is CargoClass.HELICOPTER else _staging(row), row.dest)

    def of(self, row: RequirementLine, load: Load) -> tuple[str, ...]:
        """Names of the itineraries offered to a load of a line."""
        return self._by_key[self._key(row, load)]

    def add(self, row: RequirementLine, load: Load) -> None:
        """Find the itineraries for a load, unless they are known."""
        key = self._key(row, load)
        if key in self._by_key:
            return
        need, origin, staging, dest = key
        whole = self._whole(need, origin, staging, dest)
        if not whole and need.barred:  # the sieve says what bars the ways that there would be
            whole = self._whole(replace(need, barred=()), origin, staging, dest)
        straight = [pair for pair in whole if not returns((*pair[0], *pair[1]), self._country_of)]
        whole = straight or whole
        names = [self._itinerary((*chain, *rest), len(chain) if staging else None) for chain, rest in whole[:OFFERED]]
        self._by_key[key] = tuple(dict.fromkeys(names))

    def _whole(self, need: Need, origin: str, staging: str | None, dest: str) -> list[tuple[Chain, Chain]]:
        """Chains to the staging area, or to the destination, each with one onward; the most promising first."""
        first = self._chains.between(need, origin, staging or dest)
        onward = (
            self._chains.onward(replace(need, via=frozenset()), staging, dest)[:ONWARD_CHAINS] if staging else ((),)
        )
        ranked = sorted(
            product(enumerate(first), enumerate(onward)), key=lambda pair: (pair[0][0] + pair[1][0], pair[0][0])
        )
        return [(chain, rest) for (_, chain), (_, rest) in ranked if chain or rest]

    def _country_of(self, place: str) -> str:
        return self._chains.ways.places[place].country

    def passes(self, row: RequirementLine, load: Load, place: str, mode: Mode | None) -> bool:
        """Whether some itinerary offered to a load leaves or reaches a place by a mode; None is any."""
        ways = (self.ways[leg] for name in self.of(row, load) for leg in self.itineraries[name].legs)
        return any(place in {way.origin, way.destination} and mode in {None, MODE_OF[way.carrier]} for way in ways)

    def _itinerary(self, chain: Chain, staged_after: int | None) -> str:
        self.ways |= {way.leg_id: way for way in chain}
        legs = tuple(way.leg_id for way in chain)
        mark = "" if staged_after is None else f"@{staged_after}"
        name = " ".join(legs) + mark
        if name not in self.itineraries:
            self.itineraries[name] = Itinerary(
                itinerary_id=f"I{len(self.itineraries):05d}", legs=legs, staged_after=staged_after
            )
        return name


def _permits(inputs: MovementInputs, legs: Iterable[Leg]) -> tuple[Permit, ...]:
    """When each nation with lines may enter each foreign country on the way, under the case's regime."""
    rules = _rules_in_force(inputs)
    countries = sorted({entry.country for leg in legs for entry in leg.countries[1:]})
    nations = sorted({row.nation for row in inputs.lines})
    permits = []
    for nation in nations:
        for country in countries:
            rule = _rule_for(rules, nation, country)
            if rule is not None and nation != country:
                permits.append(
                    Permit(
                        permit_id=rule.permit_id, nation=nation, country=country, granted_min=_granted_min(rule, inputs)
                    )
                )
    return tuple(permits)


def _closed_countries(inputs: MovementInputs) -> Mapping[str, frozenset[str]]:
    """Countries that each nation may never enter, since a permit is denied or a caveat of its own forbids it."""
    rules = _rules_in_force(inputs)
    asked = {rule.country for rule in rules}
    closed: dict[str, set[str]] = {row.nation: set() for row in inputs.lines}
    for nation, countries in closed.items():
        for country in asked:
            rule = _rule_for(rules, nation, country)
            if rule is not None and rule.state is PermitState.DENIED and nation != country:
                countries.add(country)
    for caveat in inputs.caveats:
        is_whole = caveat.place is None and caveat.mode is None and caveat.cargo is None
        if caveat.effect is CaveatEffect.FORBIDS and caveat.country is not None and is_whole:
            closed.setdefault(caveat.nation, set()).add(caveat.country)
    return {nation: frozenset(countries) for nation, countries in closed.items()}


def _rules_in_force(inputs: MovementInputs) -> list[PermitRule]:
    """Permit rules of the case's regime, and those of every regime."""
    return [rule for rule in inputs.permits if rule.regime in {None, inputs.permit_regime}]


def _rule_for(rules: Sequence[PermitRule], nation: str, country: str) -> PermitRule | None:
    """The rule that binds: the nation's own before one for every nation, one for the regime before one for any."""
    fitting = [rule for rule in rules if rule.country == country and rule.nation in {None, nation}]
    return max(fitting, key=lambda rule: (rule.nation is not None, rule.regime is not None), default=None)


def _granted_min(rule: PermitRule, inputs: MovementInputs) -> int | None:
    requested_min = inputs.timeline.minute(rule.requested)
    if rule.state is PermitState.DENIED:
        return None
    if rule.state is PermitState.GRANTED:
        return max(0, requested_min)
    return max(0, requested_min + round(rule.lead_h * MINUTES_PER_HOUR))


def _caveats(inputs: MovementInputs) -> tuple[Caveat, ...]:
    """Caveats that forbid or need approval; those that limit are resources."""
    return tuple(
        Caveat(
            caveat_id=row.caveat_id,
            nation=row.nation,
            country=row.country,
            place=row.place,
            mode=None if row.mode is None else Mode(row.mode),
            cargo=None if row.cargo is None else CargoClass(row.cargo),
            allowed_from_min=None
            if row.effect is CaveatEffect.FORBIDS or row.approved is None
            else max(0, inputs.timeline.minute(row.approved)),
        )
        for row in inputs.caveats
        if row.effect is not CaveatEffect.LIMITS
    )


def _overrides(inputs: MovementInputs) -> tuple[Override, ...]:
    return tuple(
        Override(
            override_id=row.override_id,
            kind=row.kind,
            uln=row.uln,
            nation=row.nation,
            place=row.place,
            mode=row.mode,
            cargo=row.cargo,
            asset=row.asset,
            start_min=None if row.start is None else inputs.timeline.minute(row.start),
            reason=row.reason,
        )
        for row in inputs.overrides
    )


def _chosen_ports(
    inputs: MovementInputs, offers: _Offers, loads: Mapping[str, Sequence[Load]], adoption: Adoption
) -> tuple[Override, ...]:
    """Pins for the ports that a nation has chosen, for the cargo classes that can use them; others are noted."""
    pins: list[Override] = []
    for row in inputs.lines:
        for what, port in (("poe", row.poe), ("pod", row.pod)):
            if port is None:
                continue
            mode = _mode_of_port(inputs.places[port])
            able = {load.cargo: None for load in loads[row.uln] if offers.passes(row, load, port, mode)}
            if not able:
                adoption.ignored(
                    f"{row.uln} {what}", port, f"no way offered to the line uses it by {mode or 'any mode'}"
                )
            pins += [
                Override(
                    override_id=f"{row.uln}/{what}/{cargo}",
                    kind=OverrideKind.PIN,
                    uln=row.uln,
                    place=port,
                    mode=mode,
                    cargo=cargo,
                    reason=f"{what} chosen by {row.nation}",
                    is_chosen_port=True,
                )
                for cargo in able
            ]
    return tuple(pins)


def _mode_of_port(place: Place) -> Mode | None:
    """The mode for which a port is chosen: ships at a port, aircraft at an airfield."""
    if PlaceKind.PORT in place.kinds:
        return Mode.SEA
    return Mode.AIR if PlaceKind.AIRFIELD in place.kinds else None


def _used(
    loads: Iterable[Load], itineraries: Mapping[str, Itinerary], legs: Iterable[Leg]
) -> tuple[tuple[Itinerary, ...], tuple[Leg, ...]]:
    """Itineraries that some load may take, and their legs."""
    named = {name for load in loads for name in load.itineraries}
    used = tuple(itinerary for itinerary in itineraries.values() if itinerary.itinerary_id in named)
    wanted = {leg for itinerary in used for leg in itinerary.legs}
    return used, tuple(leg for leg in legs if leg.leg_id in wanted)


def _sites(
    inputs: MovementInputs, legs: Iterable[Leg], lines: Iterable[Line], assets: Iterable[Asset]
) -> tuple[Site, ...]:
    """Every place that the problem names."""
    named: set[str] = {asset.home for asset in assets}
    for line in lines:
        named |= {line.origin, line.destination} | ({line.staging} if line.staging else set())
    for leg in legs:
        named |= {leg.origin, leg.destination} | {passage.crossing for passage in leg.passages}
    return tuple(
        Site(
            place=name,
            name=inputs.places[name].name,
            country=inputs.places[name].country,
            latitude_deg=inputs.places[name].latitude_deg,
            longitude_deg=inputs.places[name].longitude_deg,
            kinds=tuple(sorted(inputs.places[name].kinds)),
        )
        for name in sorted(named)
    )
