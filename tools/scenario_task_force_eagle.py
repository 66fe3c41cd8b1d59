"""The scenario ``task-force-eagle``: the deployment of December 1995 to February 1996, rebuilt from public figures.

People, vehicles, lift used, dates, the opening of the Sava bridge and its first days are documented. The unit list,
what each unit holds and where it starts are not: they are assumed, scaled to the documented totals, and marked so.
Fleets follow from the documented number of trips, the documented 68 days and the cycle that the packaged factors give.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from muster.reference import PlatformKind, UnitType, load_places, load_platforms, load_unit_types
from tools.scenario_tables import ScenarioTables, shares

TOML: Final = """\
format = 1
title = "Task Force Eagle, Bosnia 1995-96"
summary = \"\"\"
About 25,000 people and 11,000 vehicles moved from Germany by way of Hungary to the area of Tuzla between 16 December
1995 and 22 February 1996. Rebuilt for validation: documented lift, dates and crossing of the Sava; assumed unit list.
\"\"\"
default_case = "history"

[marks]
g_day = "C+0"
d_day = "C+4"
c_day = 1995-12-16
"""

PEOPLE_PER_LINE: Final = 100
"""Assumed size of an increment, about a company."""
VEHICLES: Final = 11000
"""Vehicles of the whole force [V1]; trailers are taken to come on top, as they do in the packaged unit types."""

_TFE_DAYS: Final = 68
"""From G-day, 16 December, to completion, 22 February [V1]."""
MILESTONES: Final = ((9, 1300), (24, 4000), (50, 14800), (_TFE_DAYS, 18400))
"""Day after C-day and people in Bosnia by then [V101, V3, V5, V1]; early February is taken as the 4th."""

Units = tuple[tuple[str, int], ...]
BOSNIA: Final[Units] = (
    ("hq-division", 1), ("mp-coy", 3), ("sig-bn", 1), ("eng-coy-bridge", 2), ("mech-bn-bradley", 1), ("eng-bn", 1),
    ("log-bn", 1), ("recce-bn", 1), ("mech-bn-bradley", 1), ("tank-bn-abrams", 1), ("art-bn-m109", 1), ("eng-bn", 1),
    ("med-bn", 1), ("log-bn", 1), ("log-coy-transport", 3), ("avn-bn", 1), ("sig-bn", 1), ("mech-bn-bradley", 1),
    ("tank-bn-abrams", 1), ("art-bn-m109", 1), ("eng-bn", 1), ("maint-coy", 2), ("log-bn", 1), ("mp-coy", 3),
    ("log-coy-fuel", 3), ("mech-bn-bradley", 1), ("avn-bn", 1), ("art-bn-m109", 1), ("ad-bty-short", 2),
    ("log-bn", 2), ("eng-bn", 1), ("med-bn", 1), ("maint-coy", 2), ("log-coy-transport", 3),
)  # fmt: skip
"""Assumed unit list in the order of deployment, scaled to 18,400 people."""
CROATIA: Final[Units] = (("eng-coy-bridge", 2), ("mp-coy", 2), ("log-bn", 2))
"""Assumed unit list, scaled to 2,000 people."""
HUNGARY: Final[Units] = (
    ("air-base-sqn", 1), ("port-team", 1), ("log-bn", 4), ("med-bn", 2), ("log-coy-transport", 4), ("maint-coy", 4),
)  # fmt: skip
"""Assumed unit list, scaled to what is left of 25,000 people; a part of these was in Italy."""
GARRISONS: Final = (
    "DE-BAUMHOLDER", "DE-KIRCHGOENS", "DE-BAD-KREUZNACH", "DE-FRIEDBERG", "DE-BUDINGEN", "DE-BAMBERG", "DE-SCHWEINFURT",
    "DE-VILSECK", "DE-HANAU", "DE-GIESSEN", "DE-KITZINGEN", "DE-BUTZBACH", "DE-MANNHEIM", "DE-WIESBADEN",
)  # fmt: skip
STAGING: Final = ("HU-KAPOSVAR", "HU-TASZAR")
FLOWN: Final = frozenset({"TFE-B01", "TFE-B02", "TFE-B03", "TFE-B04", "TFE-B05", "TFE-B08"})
"""Units that may fly to Tuzla: the first 1,300 people came by air [V2, V101], and in January a mechanised battalion did
because the bridge was late [V105]. They have no staging area in Hungary; the plan chooses their way."""
AMERICAN: Final = {
    "griffon": "m113", "vbl": "hmmwv", "g-wagon": "hmmwv", "lmv": "hmmwv", "fennek": "hmmwv", "dingo-2": "hmmwv",
    "eagle-v": "hmmwv", "ambulance-armoured": "m113", "command-armoured": "m113", "stinger-vehicle": "hmmwv",
    "bridge-tank": "bridge-truck", "minibus-4x4": "hmmwv", "truck-8x8": "truck-container", "nh90": "uh-60",
    "quad": "hmmwv", "motorcycle": "hmmwv",
}  # fmt: skip
"""American vehicles that stand in for those of the packaged unit types."""
_NOT_VEHICLES: Final = frozenset({"uh-60", "ch-47", "tiger", "ah-64"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the assumed list with its documented side: where to, in which order, required when."""

    uln: str
    unit_type: UnitType
    people: int
    origin: str
    dest: str
    staging: str | None
    required_d: int
    priority: int


def build() -> ScenarioTables:
    """All tables of the scenario."""
    tables = ScenarioTables(TOML)
    tables.add(
        "cases",
        {"case_id": "history", "name": "As it was", "permit_regime": "history", "horizon_d": 150,
         "description": "the Sava bridge opens on 31 December 1995", "source": "V104"},
        {"case_id": "bridge-in-time", "name": "Bridge in time", "permit_regime": "history", "horizon_d": 150,
         "description": "the Sava bridge opens on 25 December 1995, as it was due", "source": "V102"},
        {"case_id": "bridge-slow", "name": "Slow bridge", "permit_regime": "history", "horizon_d": 150,
         "description": "the bridge never does better than its best documented day", "source": "V103"},
    )  # fmt: skip
    tables.add(
        "nations",
        {"nation": "USA", "name": "United States", "part": "contributor", "source": "V1"},
        *({"nation": nation, "name": name, "part": "host", "source": "V1"} for nation, name in (
            ("DEU", "Germany"), ("HUN", "Hungary"), ("HRV", "Croatia"), ("BIH", "Bosnia and Herzegovina"))),
    )  # fmt: skip
    units = list(_units())
    trailers = {name for name, platform in load_platforms().items() if platform.kind is PlatformKind.TRAILER}
    driven = sum(items for unit in units for name, items in _vehicles(unit).items() if name not in trailers)
    scale = VEHICLES / driven
    for unit in units:
        _add_unit(tables, unit, scale)
    _add_lift(tables)
    tables.add("factors", {
        "factor_id": "road.convoy.speed_kmh", "low": 23.3, "likely": 25, "high": 30, "unit": "km/h", "source": "S20",
        "grade": "A", "reason": "planning speed with open intervals",
    })  # fmt: skip
    tables.add(
        "platforms",
        {"platform_id": "het", "item_height_max_cm": 350, "source": "GENERAL", "grade": "K",
         "note": "tank transporters of the time carried howitzers of 324 cm"},
        {"platform_id": "truck-container", "height_cm": 330, "source": "GENERAL", "grade": "K",
         "note": "without its container, as it goes by rail"},
    )  # fmt: skip
    _add_bridge(tables)
    return tables


def _units() -> Iterator[Unit]:
    yield from _scaled("TFE-B", BOSNIA, 18400, ("BA-TUZLA", "BA-TUZLA", "BA-BRCKO"), STAGING)
    yield from _scaled("TFE-C", CROATIA, 2000, ("HR-ZUPANJA",), STAGING)
    yield from _scaled("TFE-H", HUNGARY, 25000 - 18400 - 2000, STAGING, ())


def _scaled(prefix: str, listed: Units, people: int, dests: Sequence[str], staging: Sequence[str]) -> Iterator[Unit]:
    """Units of a list with their people scaled to a documented total, in order."""
    types = load_unit_types()
    names = [name for name, number in listed for _ in range(number)]
    full = sum(types[name].people for name in names)
    before, full_before = 0, 0
    for number, name in enumerate(names, 1):
        full_before += types[name].people
        after = round(people * full_before / full)
        required_d = _required_d(after) if prefix == "TFE-B" else MILESTONES[0][0]
        uln = f"{prefix}{number:02d}"
        yield Unit(
            uln=uln,
            unit_type=types[name],
            people=after - before,
            origin=GARRISONS[number % len(GARRISONS)],
            dest=dests[number % len(dests)],
            staging=staging[number % len(staging)] if staging and uln not in FLOWN else None,
            required_d=required_d,
            priority=1 + sum(required_d > day for day, _ in MILESTONES[1:]),
        )
        before = after


def _required_d(people: int) -> int:
    """Day on which this many people were in Bosnia, straight lines between the documented days."""
    last_day, last = 0, 0
    for day, there in MILESTONES:
        if people <= there:
            return last_day + -(-(people - last) * (day - last_day) // (there - last))
        last_day, last = day, there
    return last_day


def _vehicles(unit: Unit) -> dict[str, float]:
    """Vehicles and trailers of a unit before they are scaled to the documented total."""
    share = unit.people / unit.unit_type.people
    found: dict[str, float] = {}
    for name, items in unit.unit_type.holdings.items():
        platform = AMERICAN.get(name, name)
        if platform not in _NOT_VEHICLES:
            found[platform] = found.get(platform, 0) + items * share
    return found


def _add_unit(tables: ScenarioTables, unit: Unit, scale: float) -> None:
    share = unit.people / unit.unit_type.people
    things = {name: round(items * scale) for name, items in _vehicles(unit).items()}
    things["container-20"] = round(unit.unit_type.containers_teu * share)
    things["pallet-463l"] = round(unit.unit_type.pallets * share)
    for name, items in unit.unit_type.holdings.items():
        if AMERICAN.get(name, name) in _NOT_VEHICLES:
            things[AMERICAN.get(name, name)] = round(items * share)
    parts = max(1, round(unit.people / PEOPLE_PER_LINE))
    cuts = {name: shares(items, parts, 7 * place) for place, (name, items) in enumerate(sorted(things.items()))}
    for number, people in enumerate(shares(unit.people, parts)):
        uln = f"{unit.uln}-{number + 1:02d}"
        tables.add("lines", {
            "uln": uln, "parent_uln": f"{unit.uln}-01" if number else None, "nation": "USA",
            "name": f"{unit.unit_type.name}, part {number + 1} of {parts}", "unit_type": unit.unit_type.unit_type_id,
            "priority": unit.priority, "rld": "C+0", "rdd": f"C+{unit.required_d}", "origin": unit.origin,
            "dest": unit.dest, "staging": unit.staging, "pax": people, "source": "V1;V3;V5;V101",
            "note": "unit and garrison assumed; total and build-up documented",
        })  # fmt: skip
        tables.add("cargo", *(
            {"uln": uln, "platform": name, "quantity": cut[number]} for name, cut in cuts.items() if cut[number]
        ))  # fmt: skip


def _add_lift(tables: ScenarioTables) -> None:
    """Fleets from documented trips: trips over 68 days, times the days of a cycle with packaged factors."""
    rows = (
        ("trains", "train-1435-short", 15, 1, "DE-MANNHEIM", "V1",
         "358 trains in 68 days times a cycle of 2.8 days; 6,800 railcars are 19 a train"),
        ("coaches", "bus-coach", 5, 5, "DE-MANNHEIM", "V1",
         "500 coach trips in 68 days times a cycle of 3.5 days; packets of 5, about what one load fills"),
        ("lorries", "truck-civil", 16, 5, "DE-MANNHEIM", "V1",
         "1,600 lorry trips in 68 days times a cycle of 3.3 days; packets of 5, what one load of containers fills"),
        ("c-17", "c-17", 3, 1, "ETAR", "V105", "12 sorties in 4 days at one a day and aircraft"),
        ("c-130", "c-130j", 7, 1, "ETAR", "V1",
         "1,300 sorties in 68 days, less 3 a day of the C-17, at two a day and aircraft"),
        ("het", "het", 4, 6, "HU-KAPOSVAR", "assumed",
         "tank transporters are not documented: 12 to 48 are plausible, 24 assumed"),
    )  # fmt: skip
    for fleet_id, platform, number, packet, home, source, note in rows:
        tables.add("lift", {
            "fleet_id": fleet_id, "platform": platform, "count": number, "packet": packet, "home": home,
            "nation": "USA", "source": source, "grade": "assumed" if source == "assumed" else "D", "note": note,
        })  # fmt: skip


def _add_bridge(tables: ScenarioTables) -> None:
    """The Sava bridge day by day, permits, and what is closed."""
    bridge = "ROAD-ZUPANJA-ORASJE"
    derived = (183, "V1;V3;V5", "10,800 people in 26 days from 9 January, 0.44 vehicles each")
    slow = (148, "V103", "best documented day taken for the rest")
    for case, opens, source, (later, later_source, later_note) in (
        ("history", 15, "V104", derived),
        ("bridge-in-time", 9, "V102", derived),
        ("bridge-slow", 15, "V104", slow),
    ):
        days = (
            (0, opens, 0, source, "not open"),
            (opens, opens + 1, 148, "V103", "first day; another report says more than 100"),
            (opens + 1, opens + 2, 75, "V104", "second day"),
            (opens + 2, opens + 9, 100, "V3", "100 and more a day by 9 January"),
            (opens + 9, None, later, later_source, later_note),
        )
        for start, until, capacity, key, note in days:
            tables.add("calendars", {
                "place": bridge, "resource": "crossing_vehicles", "starts": f"C+{start}",
                "until": None if until is None else f"C+{until}", "capacity": capacity, "cases": case, "source": key,
                "note": note,
            })  # fmt: skip
    for place in load_places().values():
        if place.country == "BIH" and place.rail_gauges_mm:
            tables.add("calendars", {
                "place": place.place_id, "resource": "trains", "starts": "C+0", "capacity": 0, "source": "V1",
                "note": "the documented way into Bosnia is the road over the Sava; no railway is assumed",
            })  # fmt: skip
        if set(place.countries) == {"HRV", "BIH"} and place.place_id != bridge:
            tables.add("calendars", {
                "place": place.place_id, "resource": "credits", "starts": "C+0", "capacity": 0, "source": "V1",
                "note": "the documented way into Bosnia is the Sava bridge; no other is assumed",
            })  # fmt: skip
    for country in ("DEU", "AUT", "CZE", "SVK", "HUN", "SVN", "HRV", "BIH", "ITA", "SRB"):
        refused = country == "SRB"
        tables.add("permits", {
            "permit_id": f"{country}-1995", "country": country, "requested": "C+0", "lead_h": 0,
            "state": "denied" if refused else "granted", "authority": "assumed", "source": "assumed",
            "note": "no way through Serbia" if refused else "no documented wait at a border",
        })  # fmt: skip
