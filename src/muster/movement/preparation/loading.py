"""From lines to loads: what a line takes along, sorted by what can move it and cut into parts that stay together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

from muster.movement.inputs import CargoItem, RequirementLine
from muster.movement.preparation.adoption import Adoption
from muster.movement.problem import CargoClass, Load, Size
from muster.reference import Platform, PlatformKind, UnitType

_CLASS_OF: Final = {
    PlatformKind.WHEELED: CargoClass.WHEELED,
    PlatformKind.TRAILER: CargoClass.WHEELED,
    PlatformKind.TRACKED: CargoClass.CARRIED,
    PlatformKind.HELICOPTER: CargoClass.HELICOPTER,
    PlatformKind.CONTAINER: CargoClass.CONTAINER,
    PlatformKind.PALLET: CargoClass.PALLET,
}
_LARGEST_LOAD: Final = {
    CargoClass.PEOPLE: "load.people.max",
    CargoClass.WHEELED: "road.convoy.vehicles",
    CargoClass.CARRIED: "load.carried.max",
    CargoClass.CONTAINER: "load.container.max",
    CargoClass.PALLET: "load.pallet.max",
    CargoClass.HELICOPTER: "load.helicopter.max",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing that a line takes along, as carriers see it.

    Attributes
    ----------
    is_towed
        Whether it hangs on another vehicle and needs no driver of its own.
    """

    platform: str
    cargo: CargoClass
    mass_kg: int
    lane_cm: int
    height_cm: int | None
    mlc: int | None
    is_towed: bool


class Loader:
    """Cuts lines into loads."""

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        unit_types: Mapping[str, UnitType],
        cargo: Sequence[CargoItem],
        adoption: Adoption,
    ) -> None:
        self._platforms, self._unit_types, self._adoption = platforms, unit_types, adoption
        self._cargo: dict[str, Counter[str]] = {}
        for row in cargo:
            self._cargo.setdefault(row.uln, Counter())[row.platform] += row.quantity
        self._items: dict[str, Item] = {}

    def people(self, line: RequirementLine) -> int:
        """People of a line: as it says, else those of its unit type."""
        if line.pax is not None:
            return line.pax
        return self._unit_types[line.unit_type].people if line.unit_type else 0

    def loads(self, line: RequirementLine) -> tuple[Load, ...]:
        """The loads of a line, without their itineraries, in the order of the cargo classes."""
        things = self._things(line)
        people = self.people(line)
        drivers = self._drivers(things, people)
        parts = [self._people_parts(line, people - drivers)]
        per_vehicle = drivers / max(1, sum(not item.is_towed for item in things if _is_driven(item)))
        parts += [
            self._parts(line, cargo, things, per_vehicle) for cargo in CargoClass if cargo is not CargoClass.PEOPLE
        ]
        return tuple(chain.from_iterable(parts))

    def _things(self, line: RequirementLine) -> list[Item]:
        counts = self._cargo.get(line.uln)
        if counts is None and line.unit_type:
            unit = self._unit_types[line.unit_type]
            counts = Counter(unit.holdings)
            counts["container-20"] += unit.containers_teu
            counts["pallet-463l"] += unit.pallets
        return [item for name, count in sorted((counts or {}).items()) for item in repeat(self._item(name), count)]

    def _item(self, name: str) -> Item:
        if name not in self._items:
            self._items[name] = self._measure(self._platforms[name])
        return self._items[name]

    def _measure(self, platform: Platform) -> Item:
        """Take what carriers need to know from the platform tables, with noted defaults for what they do not say."""
        adoption, name = self._adoption, platform.platform_id
        cargo = _CLASS_OF[platform.kind]
        mass_kg = platform.mass_kg or adoption.default(f"{name} mass_kg", "vehicle.mass.default_kg")
        usual_lane = "cargo.pallet.lane_cm" if cargo is CargoClass.PALLET else "vehicle.lane.default_cm"
        lane_cm = platform.lane_cm or adoption.default(f"{name} lane_cm", usual_lane)
        if cargo is CargoClass.WHEELED and mass_kg > 1000 * adoption.number("road.limit.de.mass"):
            cargo = CargoClass.CARRIED
        for attribute, unit in (("mass_kg", "kg"), ("lane_cm", "cm")):
            adoption.note(f"{name} {attribute}", getattr(platform, attribute), unit, platform.provenance.get(attribute))
        is_towed = platform.kind is PlatformKind.TRAILER
        return Item(name, cargo, mass_kg, lane_cm, platform.height_cm, platform.mlc, is_towed)

    def _drivers(self, things: Sequence[Item], people: int) -> int:
        vehicles = sum(not item.is_towed for item in things if _is_driven(item))
        return min(people, vehicles * self._adoption.whole("road.drivers_per_vehicle"))

    def _people_parts(self, line: RequirementLine, people: int) -> Iterator[Load]:
        most = self._adoption.whole(_LARGEST_LOAD[CargoClass.PEOPLE])
        body_kg = self._adoption.whole("cargo.person.mass_kg")
        for number, count in enumerate(_even_parts(people, most), start=1):
            yield Load(
                load_id=f"{line.uln}/people/{number}",
                uln=line.uln,
                cargo=CargoClass.PEOPLE,
                pieces=count,
                people=count,
                vehicles=0,
                size=Size(people=count, mass_kg=count * body_kg),
                itineraries=(),
            )

    def _parts(self, line: RequirementLine, cargo: CargoClass, things: Sequence[Item], crew: float) -> Iterator[Load]:
        """Cut the things of one class into parts of nearly equal number."""
        own = [item for item in things if item.cargo is cargo]
        most = self._adoption.whole(_LARGEST_LOAD[cargo]) if own else 1
        parts = -(-len(own) // most)
        manned = 0.0
        for number in range(parts):
            items = own[number::parts]
            vehicles = sum(not item.is_towed for item in items) if _is_driven(items[0]) else 0
            before, manned = round(manned), manned + crew * vehicles
            yield Load(
                load_id=f"{line.uln}/{cargo}/{number + 1}",
                uln=line.uln,
                cargo=cargo,
                pieces=len(items),
                people=round(manned) - before,
                vehicles=vehicles,
                size=_size(cargo, items),
                item_mass_kg=max(item.mass_kg for item in items),
                item_height_cm=max((item.height_cm for item in items if item.height_cm is not None), default=None),
                item_mlc=max((item.mlc for item in items if item.mlc is not None), default=None),
                itineraries=(),
            )


def _is_driven(item: Item) -> bool:
    """Whether it counts as a vehicle on roads and in staging areas."""
    return item.cargo in {CargoClass.WHEELED, CargoClass.CARRIED}


def _size(cargo: CargoClass, items: Sequence[Item]) -> Size:
    return Size(
        vehicles=len(items) if _is_driven(items[0]) else 0,
        lane_cm=sum(item.lane_cm for item in items),
        mass_kg=sum(item.mass_kg for item in items),
        teu=len(items) if cargo is CargoClass.CONTAINER else 0,
        pallets=len(items) if cargo is CargoClass.PALLET else 0,
    )


def _even_parts(total: int, most: int) -> Iterator[int]:
    """Cut a number into the fewest parts of at most ``most``, as equal as can be."""
    parts = -(-total // most)
    for number in range(parts):
        yield (total * (number + 1)) // parts - (total * number) // parts
