"""What permits, caveats, lift and overrides leave of the itineraries that the network offers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from muster.movement.preparation.lift import Lift
from muster.movement.problem import CargoClass, Caveat, Itinerary, Leg, Line, Load, Override, OverrideKind


@dataclass(frozen=True, slots=True)
class Sieve:
    """Lets through the itineraries that a load may take, and says why none is left."""

    lift: Lift
    legs: Mapping[str, Leg]
    itineraries: Mapping[str, Itinerary]
    lines: Mapping[str, Line]
    caveats: Sequence[Caveat]
    overrides: Sequence[Override]
    denied: Mapping[tuple[str, str], str]
    _prohibitions: dict[tuple[str, CargoClass, str], str | None] = field(default_factory=dict)

    def sift(self, load: Load, offered: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Itinerary ids that the load may take, and the commonest reason why others fell.

        Those that only an override rules out stay with the load, so that the override can be priced; there is a way
        only if one of them obeys every override.
        """
        reasons: Counter[str] = Counter()
        passed: list[str] = []
        obeys = False
        line = self.lines[load.uln]
        binding = [override for override in self.overrides if _binds(override, line, load)]
        for name in offered:
            legs = [self.legs[leg] for leg in self.itineraries[name].legs]
            reason = self._objection(load, line.nation, legs)
            if reason is not None:
                reasons[reason] += 1
                continue
            passed.append(self.itineraries[name].itinerary_id)
            broken = next((override for override in binding if not _obeys(override, legs)), None)
            obeys = obeys or broken is None
            if broken is not None:
                reasons[f"override {broken.override_id} leaves no way"] += 1
        if passed and not obeys:
            return (), reasons.most_common(1)[0][0]
        none = f"neither network nor lift of this case takes {load.cargo} from {line.origin} to {line.destination}"
        return tuple(passed), reasons.most_common(1)[0][0] if reasons else none

    def _objection(self, load: Load, nation: str, legs: Sequence[Leg]) -> str | None:
        able = self.lift.able(nation, load)
        for leg in legs:
            reason = self._prohibition(nation, load.cargo, leg)
            if reason is not None:
                return reason
            if not leg.carrier.is_self and able.isdisjoint(leg.travel_min):
                return f"no {leg.carrier} that {nation} may use can carry {load.cargo} load {load.load_id}"
        return None

    def _prohibition(self, nation: str, cargo: CargoClass, leg: Leg) -> str | None:
        """What keeps every load of a nation and class off a leg; found once."""
        key = (nation, cargo, leg.leg_id)
        if key not in self._prohibitions:
            self._prohibitions[key] = next(self._list_prohibitions(nation, cargo, leg), None)
        return self._prohibitions[key]

    def _list_prohibitions(self, nation: str, cargo: CargoClass, leg: Leg) -> Iterator[str]:
        for entry in leg.countries[1:]:
            if (nation, entry.country) in self.denied:
                yield f"permit {self.denied[nation, entry.country]} for {entry.country} is denied"
        for caveat in self.caveats:
            if caveat.allowed_from_min is None and _is_under(caveat, nation, cargo, leg):
                yield f"caveat {caveat.caveat_id} of {caveat.nation} forbids it"


def _is_under(caveat: Caveat, nation: str, cargo: CargoClass, leg: Leg) -> bool:
    """Whether every condition of the caveat holds for a leg."""
    places = {leg.origin, leg.destination} | {passage.crossing for passage in leg.passages}
    return (
        caveat.nation == nation
        and caveat.country in {None, *(entry.country for entry in leg.countries)}
        and caveat.place in {None, *places}
        and caveat.mode in {None, leg.mode}
        and caveat.cargo in {None, cargo}
    )


def _binds(override: Override, line: Line, load: Load) -> bool:
    """Whether an override chooses among the chains of the load: a pin or a prohibition of its line or nation."""
    return (
        (override.uln == line.uln or (override.uln is None and override.nation == line.nation))
        and override.cargo in {None, load.cargo}
        and override.kind not in {OverrideKind.FIX_ASSET, OverrideKind.LOCK}
    )


def _obeys(override: Override, legs: Sequence[Leg]) -> bool:
    """Whether a chain of legs keeps a pin or a prohibition."""
    passes = any(
        override.place in {None, leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
        and override.mode in {None, leg.mode}
        for leg in legs
    )
    return passes is (override.kind is OverrideKind.PIN)
