"""The made-up theatre of generated problems: places, ways between them, and what travels on them.

Garrisons in three countries, two points where the gauge changes, road borders, each with a staging yard behind it, and
two camps behind each yard. Vehicles drive over the border of their yard or round over the next one, or take the train
to the change of gauge and on; tracked ones go by train and on transporters; people by coach.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from muster.movement.problem import (
    SELF,
    AssetType,
    Capacity,
    CargoClass,
    Carrier,
    CountryEntry,
    Itinerary,
    Leg,
    Mobility,
    Passage,
    Site,
)
from muster.network import Mode

GAUGES: Final = ("GAUGE-1", "GAUGE-2")
TYPES: Final = (
    AssetType(asset_type_id="train-1435", carrier=Carrier.TRAIN, name="train", mobility_id="train-1435",
              carries=(CargoClass.WHEELED, CargoClass.CARRIED), capacity=Capacity(lane_cm=40_000, mass_kg=1_200_000),
              load_min=240, unload_min=180, wagons=30),
    AssetType(asset_type_id="train-1520", carrier=Carrier.TRAIN, name="broad train", mobility_id="train-1520",
              carries=(CargoClass.WHEELED, CargoClass.CARRIED), capacity=Capacity(lane_cm=40_000, mass_kg=1_200_000),
              load_min=240, unload_min=180, wagons=30),
    AssetType(asset_type_id="bus", carrier=Carrier.BUS, name="four coaches", mobility_id="bus",
              carries=(CargoClass.PEOPLE,), capacity=Capacity(people=160), load_min=30, unload_min=30, vehicles=4),
    AssetType(asset_type_id="het", carrier=Carrier.HET, name="eight transporters", mobility_id="het",
              carries=(CargoClass.CARRIED,), capacity=Capacity(vehicles=8), load_min=120, unload_min=90, vehicles=8),
)  # fmt: skip
_COUNTRIES: Final = ("FRA", "DEU", "POL")
_FARTHEST_KM, _SPREAD_KM = 1_500, 1_320
"""Kilometres from the first garrison to the borders, and how much of it is between the garrisons."""
_KMH: Final = {Carrier.CONVOY: 30, Carrier.BUS: 45, Carrier.TRAIN: 25, Carrier.HET: 20}


@dataclass(frozen=True)
class Theatre:
    """A theatre of so many garrisons and road borders."""

    garrisons: int
    border_count: int

    @cached_property
    def homes(self) -> tuple[tuple[str, str, int], ...]:
        """Garrisons with their country and kilometres to the borders."""
        return tuple(
            (
                f"HOME-{n:02d}",
                _COUNTRIES[len(_COUNTRIES) * n // self.garrisons],
                _FARTHEST_KM - _SPREAD_KM * n // self.garrisons,
            )
            for n in range(self.garrisons)
        )

    @cached_property
    def yards(self) -> tuple[str, ...]:
        """Staging yards, one behind each border."""
        return tuple(f"YARD-{n + 1}" for n in range(self.border_count))

    @cached_property
    def borders(self) -> tuple[str, ...]:
        """Road borders."""
        return tuple(f"BORDER-{n + 1}" for n in range(self.border_count))

    def camps_behind(self, yard: int) -> tuple[str, str]:
        """The camps that are served from a yard."""
        return f"CAMP-{2 * yard + 1}", f"CAMP-{2 * yard + 2}"

    def borders_to(self, yard: int) -> tuple[int, int]:
        """The border of a yard, and the next one, over which it is reached with a detour."""
        return yard, (yard + 1) % self.border_count

    def road(self, cargo: CargoClass, home: str, yard: int, camp: str) -> tuple[str, ...]:
        """Itineraries by road."""
        return tuple(f"{cargo}:{home}:{self.yards[yard]}:{border}:{camp}" for border in self.borders_to(yard))

    def rail(self, cargo: CargoClass, home: str, yard: int, camp: str) -> tuple[str, ...]:
        """Itineraries by rail."""
        return tuple(f"{cargo}:{home}:{self.yards[yard]}:{gauge}:{camp}" for gauge in GAUGES)

    def itineraries(self) -> Iterable[Itinerary]:
        """Every way from every garrison over every yard to the camps behind it."""
        ends = product((home for home, _, _ in self.homes), range(self.border_count), range(2))
        for home, yard, near in ends:
            camp = self.camps_behind(yard)[near]
            name = self.yards[yard]
            for cargo, carrier in ((CargoClass.PEOPLE, Carrier.BUS), (CargoClass.WHEELED, Carrier.CONVOY)):
                for border, way in zip(self.borders_to(yard), self.road(cargo, home, yard, camp), strict=True):
                    by_road = (f"{carrier}:{home}>{name}:{border}", f"{carrier}:{name}>{camp}")
                    yield Itinerary(itinerary_id=way, legs=by_road, staged_after=1)
            for cargo, carrier in ((CargoClass.WHEELED, Carrier.CONVOY), (CargoClass.CARRIED, Carrier.HET)):
                for gauge, way in zip(GAUGES, self.rail(cargo, home, yard, camp), strict=True):
                    by_rail = (f"train:{home}>{gauge}", f"train:{gauge}>{name}", f"{carrier}:{name}>{camp}")
                    yield Itinerary(itinerary_id=way, legs=by_rail, staged_after=2)

    def legs(self) -> Iterable[Leg]:
        """Every leg of the itineraries."""
        for home, country, km in self.homes:
            for yard, name in enumerate(self.yards):
                for border in self.borders_to(yard):
                    far_km = km + (0 if border == yard else 180)
                    for carrier in (Carrier.CONVOY, Carrier.BUS):
                        yield _leg(f"{carrier}:{home}>{name}:{border}", carrier, home, name, far_km + 60, country,
                                   border=(self.borders[border], far_km))  # fmt: skip
            for number, gauge in enumerate(GAUGES):
                yield _leg(f"train:{home}>{gauge}", Carrier.TRAIN, home, gauge, km + 80 * number, country)
        for number, gauge in enumerate(GAUGES):
            for yard, name in enumerate(self.yards):
                km = 90 + 70 * abs(yard - number)
                yield _leg(f"train:{gauge}>{name}", Carrier.TRAIN, gauge, name, km, "UKR", "1520")
        for yard, name in enumerate(self.yards):
            for near, camp in enumerate(self.camps_behind(yard)):
                for carrier in (Carrier.CONVOY, Carrier.BUS, Carrier.HET):
                    yield _leg(f"{carrier}:{name}>{camp}", carrier, name, camp, 250 + 150 * near, "UKR")

    def mobility(self, kind: AssetType) -> Mobility:
        """Empty travel over a line of places: a place's kilometres from the borders, negative behind them."""
        along = {home: km for home, _, km in self.homes}
        along |= dict.fromkeys(GAUGES, 0) | dict.fromkeys(self.yards, -60) | dict.fromkeys(self._camps, -400)
        ends = {"train-1435": [home for home, _, _ in self.homes], "train-1520": self.yards}.get(kind.asset_type_id)
        places = tuple(along) if ends is None else (*ends, *GAUGES)
        table = tuple(
            tuple(
                0 if one == other else max(30, abs(along[one] - along[other]) * 60 // _KMH[kind.carrier])
                for other in places
            )
            for one in places
        )
        return Mobility(mobility_id=kind.mobility_id, places=places, travel_min=table)

    def sites(self) -> tuple[Site, ...]:
        """Every place."""
        countries = {home: country for home, country, _ in self.homes} | dict.fromkeys(GAUGES, "POL")
        countries |= dict.fromkeys(self.borders, "POL") | dict.fromkeys((*self.yards, *self._camps), "UKR")
        return tuple(
            Site(place=place, name=place.title(), country=country, latitude_deg=50.0, longitude_deg=20.0)
            for place, country in countries.items()
        )

    @property
    def _camps(self) -> tuple[str, ...]:
        return tuple(camp for yard in range(self.border_count) for camp in self.camps_behind(yard))


def _leg(
    leg_id: str,
    carrier: Carrier,
    origin: str,
    destination: str,
    km: int,
    country: str,
    gauge: str = "1435",
    border: tuple[str, int] | None = None,
) -> Leg:
    minutes = km * 60 // _KMH[carrier]
    key = {Carrier.CONVOY: SELF, Carrier.TRAIN: f"train-{gauge}"}.get(carrier, str(carrier))
    passages = () if border is None else (Passage(crossing=border[0], distance_m=border[1] * 1000),)
    entries = () if border is None else (CountryEntry(country="UKR", distance_m=border[1] * 1000),)
    return Leg(
        leg_id=leg_id, mode=Mode.RAIL if carrier is Carrier.TRAIN else Mode.ROAD, carrier=carrier, origin=origin,
        destination=destination, distance_m=km * 1000, travel_min={key: minutes}, passages=passages,
        countries=(CountryEntry(country=country, distance_m=0), *entries),
    )  # fmt: skip
