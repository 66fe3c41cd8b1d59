"""The notional Multinational Force Ukraine: who comes, with what, from where to where, and when.

Cases are nested: ``base`` is ``low`` and more, ``high`` is ``base`` and more, ``stress`` is ``high`` and more. What a
case adds is a tranche. A nation's part of a tranche is shared out over its mix of unit types, units are cut into
increments of nearly equal size, and each increment is a line. All unit lists, dates and places are notional; the
totals of people are anchored in the sources named in each row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from muster.reference import UnitType, load_unit_types
from tools.scenario_tables import ScenarioTables, shares

CASES: Final = ("low", "base", "high", "stress")
PEOPLE_PER_LINE: Final = {"low": 46, "base": 61, "high": 33, "stress": 31.5}
"""Size of an increment, by the tranche that adds it: it makes 250, 400, 800 and 2,000 lines."""
SMALLEST_UNIT: Final = 24
"""A share of a mix below this goes to the largest share instead."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one nation sends to one side of the border.

    Attributes
    ----------
    people
        Total by case, in the order of :data:`CASES`; never falls.
    mix
        Name of a mix in :data:`MIXES`.
    garrisons
        Where its units start, in turn.
    hubs
        Where its units go, in turn; names of :data:`HUBS`.
    later_d
        Days by which its notice is longer than usual: a vote, an approval, a long way.
    """

    nation: str
    side: str
    people: tuple[int, int, int, int]
    mix: str
    garrisons: tuple[str, ...]
    hubs: tuple[str, ...]
    later_d: int
    source: str


@dataclass(frozen=True, slots=True)
class Hub:
    """A destination and the staging areas before it, in turn."""

    place: str
    staging: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """When units of a phase are ready and required.

    Attributes
    ----------
    notice_d
        Days after G-day until the first unit is ready.
    ready_span_d, required_span_d
        Days over which the units of one nation become ready, and are required.
    required_d
        Day after D-day on which the first unit is required.
    """

    priority: int
    notice_d: int
    ready_span_d: int
    required_d: int
    required_span_d: int


G_TO_D_D: Final = 12
"""Days from G-day to D-day."""
MOVE_D: Final = 8
"""Nobody is required sooner after being ready: days from barracks to hub on a free road; notional."""
PHASES: Final = {
    "P1": Phase(1, 5, 4, 5, 0),
    "P2": Phase(2, 7, 7, 7, 16),
    "P3": Phase(3, 9, 8, 20, 18),
    "P4": Phase(4, 10, 8, 28, 18),
}
"""Enabling, initial entry, build-up and heavy build-up, after the notional phases of the mission facts."""

_FIRST: Final = frozenset({"hq", "signals", "engineer", "mp", "medical"})
_THIRD: Final = frozenset({"mechanised", "artillery", "air defence", "aviation", "air base", "mcm support"})
_FIRST_UNITS: Final = frozenset({"log-coy-transport", "port-team", "isr-det", "log-coy-fuel"})
_FOURTH_UNITS: Final = frozenset({"training-team", "eng-bn-construct", "log-coy-het"})

_PL: Final = ("PLRZE", "PL-NOWA-DEBA", "PL-PRZEMYSL", "PL-LUBACZOW")
_RO_NORTH: Final = ("RO-SUCEAVA",)
_RO_SOUTH: Final = ("RO-SMARDAN", "RO-MIHAIL-KOGALNICEANU", "RO-GALATI")
HUBS: Final = {
    "lviv": Hub("UA-LVIV", _PL[:3]),
    "yavoriv": Hub("UA-YAVORIV-TA", ("PL-LUBACZOW", "PLRZE")),
    "rivne": Hub("UA-RIVNE", ("PL-LUBLIN", "PL-LUBACZOW")),
    "lutsk": Hub("UA-LUTSK", ("PL-LUBLIN",)),
    "ternopil": Hub("UA-TERNOPIL", _PL),
    "khmelnytskyi": Hub("UA-KHMELNYTSKYI", (*_PL[:2], *_RO_NORTH)),
    "starokostiantyniv": Hub("UA-STAROKOSTIANTYNIV", _PL[:2]),
    "vinnytsia": Hub("UA-VINNYTSIA", (*_RO_NORTH, *_PL[:2])),
    "zhytomyr": Hub("UA-ZHYTOMYR-TA", (*_PL[:2], "PL-LUBLIN")),
    "vasylkiv": Hub("UA-VASYLKIV", (*_PL[:2], "PL-LUBLIN")),
    "bila-tserkva": Hub("UA-BILA-TSERKVA", (*_PL[:2], *_RO_NORTH)),
    "kyiv": Hub("UA-KYIV", _PL[:2]),
    "odesa": Hub("UA-ODESA", _RO_SOUTH),
    "berezivka": Hub("UA-BEREZIVKA", _RO_SOUTH),
    "rzeszow": Hub("PLRZE", ()),
    "nowa-deba": Hub("PL-NOWA-DEBA", ()),
    "lublin": Hub("PL-LUBLIN", ()),
    "powidz": Hub("PL-POWIDZ", ()),
    "kogalniceanu": Hub("RO-MIHAIL-KOGALNICEANU", ()),
    "smardan": Hub("RO-SMARDAN", ()),
    "cincu": Hub("RO-CINCU", ()),
    "constanta": Hub("RO-CONSTANTA", ()),
    "campia-turzii": Hub("RO-CAMPIA-TURZII", ()),
}
"""Away from the line of contact [M15, M21, M64]; the list itself is notional."""

Mix = tuple[tuple[str, int], ...]
MIXES: Final[Mapping[str, Mix]] = {
    "FRA": (
        ("hq-division", 5), ("sig-coy", 3), ("eng-coy", 7), ("eod-coy", 2), ("mp-coy", 2), ("med-coy-role2", 3),
        ("isr-det", 1), ("log-coy-transport", 3), ("log-bn", 10), ("maint-coy", 3), ("inf-bn-wheeled", 22),
        ("recce-sqn-jaguar", 5), ("mech-bn-vbci", 18), ("art-bty-caesar", 4), ("ad-bty-sampt", 3),
        ("tank-bn-leclerc", 5), ("training-team", 4),
    ),
    "GBR": (
        ("hq-brigade", 5), ("sig-coy", 4), ("eng-coy", 7), ("eod-coy", 3), ("mp-coy", 2), ("med-coy-role2", 3),
        ("isr-det", 1), ("port-team", 2), ("log-bn", 11), ("maint-coy", 3), ("inf-bn-light", 20),
        ("inf-bn-airborne", 8), ("recce-bn", 4), ("mech-bn-warrior", 12), ("art-bn-k9", 4), ("ad-bty-short", 2),
        ("tank-bn-challenger", 5), ("log-coy-het", 2), ("training-team", 2),
    ),
    "motorised": (
        ("inf-bn-motor", 52), ("eng-coy", 12), ("log-coy-transport", 12), ("mp-coy", 6), ("med-coy-role2", 8),
        ("training-team", 10),
    ),
    "boxer": (
        ("mech-bn-boxer", 45), ("eng-coy", 12), ("log-coy-transport", 15), ("med-coy-role2", 8), ("isr-det", 5),
        ("ad-bty-short", 15),
    ),
    "tracked": (
        ("mech-bn-cv90", 42), ("tank-coy-leopard", 10), ("eng-coy", 14), ("log-coy-transport", 14),
        ("med-coy-role2", 8), ("training-team", 12),
    ),
    "wheeled": (("inf-coy", 48), ("log-coy-transport", 20), ("mcm-support", 12), ("training-team", 20)),
    "light": (("inf-coy-light", 72), ("training-team", 28)),
    "trainers": (("training-team", 60), ("inf-coy", 25), ("log-coy-transport", 15)),
    "patriot": (
        ("ad-bn-patriot", 36), ("log-bn", 30), ("med-coy-role2", 12), ("maint-coy", 12), ("log-coy-transport", 10),
    ),
    "support": (("log-bn", 55), ("port-team", 20), ("mp-coy", 25)),
    "air-base": (("air-base-sqn", 60), ("log-coy-transport", 25), ("mp-coy", 15)),
    "maritime": (("mcm-support", 65), ("hq-cell", 35)),
    "medical": (("med-coy-role2", 60), ("eod-coy", 40)),
    "staff": (("hq-cell", 60), ("isr-det", 40)),
}  # fmt: skip
"""People of a contribution in percent of each unit type; notional."""

_IN, _NEAR = "in country", "neighbour only"
CONTRIBUTIONS: Final = (
    Contribution("FRA", _IN, (4000, 6000, 8000, 10000), "FRA", (
        "FR-MOURMELON-LE-GRAND", "FR-BELFORT", "FR-CLERMONT-FERRAND", "FR-VERDUN", "FR-ANGOULEME", "FR-BESANCON",
        "FR-POITIERS", "FR-ORANGE", "FR-DRAGUIGNAN", "FR-MONTAUBAN", "FR-COLMAR", "FR-VANNES"),
        ("kyiv", "zhytomyr", "odesa", "vinnytsia", "vasylkiv", "berezivka"), 0, "M30;M10"),
    Contribution("GBR", _IN, (4000, 5000, 7400, 10000), "GBR", (
        "GB-TIDWORTH", "GB-CATTERICK-GARRISON", "GB-COLCHESTER", "GB-WARMINSTER", "GB-BULFORD", "GB-ALDERSHOT",
        "GB-LARKHILL", "GB-EDINBURGH", "GB-ABINGDON"),
        ("lviv", "kyiv", "yavoriv", "bila-tserkva", "ternopil", "starokostiantyniv"), 0, "M21;M22"),
    Contribution("ESP", _IN, (350, 650, 1800, 6000), "motorised",
        ("ES-ZARAGOZA", "ES-CORDOBA", "ES-BADAJOZ"), ("odesa", "vinnytsia"), 6, "M50;M51"),
    Contribution("NLD", _IN, (300, 600, 1500, 4500), "boxer",
        ("NL-OIRSCHOT", "NL-HAVELTE", "NL-ERMELO"), ("rivne", "khmelnytskyi"), 4, "M28;M69"),
    Contribution("BEL", _IN, (200, 450, 900, 2500), "wheeled",
        ("BE-LEOPOLDSBURG", "BE-MARCHE-EN-FAMENNE", "BE-ARLON"), ("lutsk", "zhytomyr"), 4, "M54"),
    Contribution("SWE", _IN, (220, 420, 1200, 4000), "tracked",
        ("SE-SKOVDE", "SE-ENKOPING", "SE-LUND"), ("khmelnytskyi", "ternopil"), 6, "M52;M74"),
    Contribution("DNK", _IN, (250, 400, 1000, 3000), "motorised",
        ("DK-HOLSTEBRO", "DK-SLAGELSE"), ("khmelnytskyi", "starokostiantyniv"), 2, "M28"),
    Contribution("NOR", _IN, (180, 350, 900, 3000), "tracked", ("NO-RENA", "NO-ELVERUM"), ("rivne", "lutsk"), 4, "M28"),
    Contribution("CAN", _IN, (250, 550, 1400, 4500), "trainers",
        ("BEANR", "DEBRV"), ("yavoriv", "lviv"), 4, "M44;M55"),
    Contribution("LTU", _IN, (100, 250, 500, 1500), "boxer", ("LT-KAUNAS", "LT-ALYTUS"), ("lutsk", "rivne"), 0, "M28"),
    Contribution("EST", _IN, (90, 180, 250, 800), "light", ("EE-TAPA", "EE-VORU"), ("yavoriv",), 3, "M53"),
    Contribution("LVA", _IN, (60, 150, 300, 1000), "light", ("LV-ADAZI",), ("yavoriv", "lviv"), 2, "M28"),
    Contribution("PRT", _IN, (0, 0, 350, 1200), "motorised", ("PT-ABRANTES",), ("odesa",), 6, "notional"),
    Contribution("IRL", _IN, (0, 0, 150, 400), "light", ("IE-KILDARE",), ("ternopil",), 8, "M75"),
    Contribution("AUS", _IN, (0, 0, 200, 700), "light", ("EGVN",), ("lviv",), 12, "M28"),
    Contribution("NZL", _IN, (0, 0, 100, 200), "light", ("EGVN",), ("lviv",), 12, "notional"),
    Contribution("LUX", _IN, (0, 0, 50, 200), "light", ("LU-DIEKIRCH",), ("lutsk",), 4, "notional"),
    Contribution("CZE", _IN, (0, 0, 0, 2000), "motorised", ("CZ-HRANICE", "CZ-ZATEC"), ("ternopil",), 4, "notional"),
    Contribution("FIN", _IN, (0, 0, 0, 2500), "motorised", ("FI-KOUVOLA", "FI-SAKYLA"), ("rivne",), 6, "notional"),
    Contribution("DEU", _NEAR, (0, 1100, 1400, 2200), "patriot",
        ("DE-HUSUM", "DE-BEELITZ", "DE-ULM", "DE-ERFURT"), ("rzeszow", "lublin", "kogalniceanu"), 3, "M47;M21"),
    Contribution("POL", _NEAR, (0, 450, 500, 700), "support",
        ("PL-SIEDLCE", "PL-KRAKOW", "PL-WARSAW"), ("rzeszow", "nowa-deba"), 0, "M48;M49"),
    Contribution("ROU", _NEAR, (0, 350, 450, 600), "air-base",
        ("RO-CRAIOVA", "RO-BACAU"), ("campia-turzii", "kogalniceanu"), 0, "M56;M57"),
    Contribution("ITA", _NEAR, (0, 400, 550, 900), "trainers",
        ("IT-UDINE", "IT-PORDENONE", "IT-CASERTA"), ("cincu", "smardan"), 4, "M58;M16"),
    Contribution("TUR", _NEAR, (0, 200, 300, 400), "maritime", ("TR-GEBZE",), ("constanta",), 2, "M20;M28"),
    Contribution("CZE", _NEAR, (0, 150, 250, 250), "medical", ("CZ-HRANICE",), ("rzeszow",), 2, "notional"),
    Contribution("PRT", _NEAR, (0, 120, 120, 120), "light", ("PT-ABRANTES",), ("cincu",), 4, "notional"),
    Contribution("FIN", _NEAR, (0, 100, 200, 300), "trainers", ("FI-KOUVOLA",), ("powidz",), 4, "notional"),
    Contribution("AUS", _NEAR, (0, 60, 60, 60), "staff", ("EGVN",), ("rzeszow",), 4, "M28"),
    Contribution("LUX", _NEAR, (0, 40, 40, 40), "staff", ("LU-DIEKIRCH",), ("powidz",), 2, "notional"),
    Contribution("NZL", _NEAR, (0, 30, 30, 30), "staff", ("EGVN",), ("rzeszow",), 4, "notional"),
    Contribution("BGR", _NEAR, (0, 0, 100, 150), "maritime", ("BG-SLIVEN",), ("constanta",), 2, "N1;N3"),
    Contribution("HRV", _NEAR, (0, 0, 0, 150), "trainers", ("HR-VINKOVCI",), ("cincu",), 4, "notional"),
    Contribution("SVN", _NEAR, (0, 0, 0, 100), "trainers", ("SI-VRHNIKA",), ("cincu",), 4, "notional"),
)  # fmt: skip
"""France 6,000, the United Kingdom 5,000 and ten others 4,000 in ``base``; offers and caveats as reported."""

STOCK_HUBS: Final = (
    ("UA-LVIV", "PLRZE", 5), ("UA-KYIV", "PLRZE", 5), ("UA-ZHYTOMYR", "PL-NOWA-DEBA", 4),
    ("UA-VINNYTSIA", "RO-SUCEAVA", 3), ("UA-ODESA", "RO-SMARDAN", 3),
)  # fmt: skip
"""Where first stocks go, by which staging area, and in which parts."""
RATIONS_KG_PER_PERSON_DAY: Final = 2.49
"""Three packed meals a day [S55]."""
CONTAINER_T: Final = 13.6
"""General cargo of a 20-foot container [S57]."""
STOCK_DAYS: Final = 30
"""Days of rations brought along; notional."""
CONTAINERS_PER_STOCK_LINE: Final = 9


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a contribution before it is cut into lines."""

    key: str
    contribution: Contribution
    unit_type: UnitType
    people: int
    tranche: str
    origin: str
    hub: Hub
    staging: str | None
    rank: float
    """Where it stands among the units of its phase, from 0 to 1."""


def add_force(tables: ScenarioTables) -> None:
    """Add lines and cargo of every case."""
    for unit in _units():
        _add_unit(tables, unit)
    _add_stocks(tables)


def people_in_country(case: str) -> int:
    """People of a case that go to Ukraine itself."""
    return sum(part.people[CASES.index(case)] for part in CONTRIBUTIONS if part.side == _IN)


def phase_of(unit_type: UnitType) -> Phase:
    """Enablers first, then infantry and its support, then the heavier units, then tanks and trainers."""
    if unit_type.branch in _FIRST and unit_type.unit_type_id not in _FOURTH_UNITS:
        return PHASES["P1"]
    if unit_type.unit_type_id in _FIRST_UNITS:
        return PHASES["P1"]
    if unit_type.branch in _THIRD:
        return PHASES["P3"]
    if unit_type.branch == "armour" or unit_type.unit_type_id in _FOURTH_UNITS:
        return PHASES["P4"]
    return PHASES["P2"]


def _units() -> Iterator[Unit]:
    """All units, nation by nation, each tranche after the one before."""
    serial: dict[str, Iterator[int]] = {}
    for part in CONTRIBUTIONS:
        numbers = serial.setdefault(part.nation, count(1))
        before = 0
        for tranche, people in zip(CASES, part.people, strict=True):
            yield from _tranche_units(part, tranche, people - before, numbers)
            before = people


def _tranche_units(part: Contribution, tranche: str, people: int, numbers: Iterator[int]) -> Iterator[Unit]:
    pieces = list(_pieces(MIXES[part.mix], people))
    by_phase: dict[int, int] = {}
    for unit_type, _ in pieces:
        priority = phase_of(unit_type).priority
        by_phase[priority] = by_phase.get(priority, 0) + 1
    seen: dict[int, int] = {}
    for unit_type, strength in pieces:
        number = next(numbers)
        priority = phase_of(unit_type).priority
        rank = seen.get(priority, 0) / max(1, by_phase[priority] - 1)
        seen[priority] = seen.get(priority, 0) + 1
        hub = HUBS[part.hubs[(number - 1) % len(part.hubs)]]
        yield Unit(
            key=f"{part.nation}{number:02d}",
            contribution=part,
            unit_type=unit_type,
            people=strength,
            tranche=tranche,
            origin=part.garrisons[(number - 1) % len(part.garrisons)],
            hub=hub,
            staging=hub.staging[number % len(hub.staging)] if hub.staging else None,
            rank=rank,
        )


def _pieces(mix: Mix, people: int) -> Iterator[tuple[UnitType, int]]:
    """Share people out over a mix and cut each share into units of at most their full strength."""
    if not people:
        return
    types = load_unit_types()
    wanted = {name: people * percent // 100 for name, percent in mix}
    wanted = {name: number for name, number in wanted.items() if number >= SMALLEST_UNIT}
    main = max(mix, key=lambda item: item[1])[0]
    wanted[main] = wanted.get(main, 0) + people - sum(wanted.values())
    for name, number in wanted.items():
        units = -(-number // types[name].people)
        yield from ((types[name], strength) for strength in shares(number, units))


def _add_unit(tables: ScenarioTables, unit: Unit) -> None:
    """Cut a unit into increments, and add what it brings beside its vehicles as a line of its own."""
    phase = phase_of(unit.unit_type)
    parts = max(1, round(unit.people / PEOPLE_PER_LINE[unit.tranche]))
    things = {
        name: round(items * unit.people / unit.unit_type.people)
        for name, items in sorted(unit.unit_type.holdings.items())
    }
    stores = _stores(unit, phase)
    strengths = shares(unit.people, parts)
    cuts = {name: shares(items, parts, 7 * place) for place, (name, items) in enumerate(things.items())}
    for number, strength in enumerate(strengths):
        cargo = {name: cut[number] for name, cut in cuts.items()} | (stores if parts == 1 else {})
        label = f"{unit.unit_type.name}, part {number + 1} of {parts}" if parts > 1 else unit.unit_type.name
        _add_line(tables, unit, f"{unit.key}-{number + 1:02d}", label, phase, strength, cargo)
    if parts > 1 and any(stores.values()):
        _add_line(tables, unit, f"{unit.key}-S", f"{unit.unit_type.name}, stores", phase, 0, stores)


def _stores(unit: Unit, phase: Phase) -> dict[str, int]:
    """What an enabler brings beside its vehicles; the stores of all others come with the supply that follows."""
    if phase is not PHASES["P1"]:
        return {}
    share = unit.people / unit.unit_type.people
    return {
        "container-20": round(unit.unit_type.containers_teu * share),
        "pallet-463l": round(unit.unit_type.pallets * share),
    }


def _add_line(
    tables: ScenarioTables, unit: Unit, uln: str, name: str, phase: Phase, people: int, cargo: Mapping[str, int]
) -> None:
    part = unit.contribution
    ready_d = phase.notice_d + part.later_d + round(phase.ready_span_d * unit.rank)
    required_d = max(phase.required_d + round(phase.required_span_d * unit.rank), ready_d - G_TO_D_D + MOVE_D)
    tables.add("lines", {
        "uln": uln, "parent_uln": _parent(unit.key, uln), "nation": part.nation, "name": name,
        "unit_type": unit.unit_type.unit_type_id, "priority": phase.priority,
        "rld": f"G+{ready_d}", "rdd": f"D+{required_d}", "origin": unit.origin, "dest": unit.hub.place,
        "staging": unit.staging, "pax": people,
        "cases": _cases_from(unit.tranche), "source": part.source, "note": "notional unit",
    })  # fmt: skip
    _add_cargo(tables, uln, cargo, unit.tranche)


def _add_cargo(tables: ScenarioTables, uln: str, cargo: Mapping[str, int], tranche: str) -> None:
    tables.add("cargo", *(
        {"uln": uln, "platform": name, "quantity": items, "cases": _cases_from(tranche)}
        for name, items in cargo.items() if items
    ))  # fmt: skip


def _add_stocks(tables: ScenarioTables) -> None:
    """Add first stocks of rations for the people in Ukraine, in containers from depots of the two lead nations."""
    depots = (("FRA", "FR-MOURMELON-LE-GRAND"), ("GBR", "GB-BULFORD"))
    numbers, before = count(1), 0
    phase = PHASES["P2"]
    for tranche in CASES:
        tonnes = people_in_country(tranche) * RATIONS_KG_PER_PERSON_DAY * STOCK_DAYS / 1000
        containers = round(tonnes / CONTAINER_T)
        lines = -(-(containers - before) // CONTAINERS_PER_STOCK_LINE)
        for amount in shares(containers - before, lines):
            number = next(numbers)
            nation, depot = depots[number % 2]
            turn = [hub for hub in STOCK_HUBS for _ in range(hub[2])]
            place, staging, _ = turn[number * 7 % len(turn)]
            uln = f"{nation}-STK{number:02d}"
            tables.add("lines", {
                "uln": uln, "nation": nation, "name": "First stocks, rations",
                "priority": 3, "rld": f"G+{phase.notice_d + number % 9}", "rdd": f"D+{phase.required_d + 8}",
                "origin": depot, "dest": place, "staging": staging, "pax": 0,
                "cases": _cases_from(tranche), "source": "S55;S57", "note": f"{STOCK_DAYS} days, notional",
            })  # fmt: skip
            _add_cargo(tables, uln, {"container-20": amount}, tranche)
        before = containers


def _parent(key: str, uln: str) -> str | None:
    """The first increment of a unit, which stands for the unit; None for itself."""
    first = f"{key}-01"
    return None if uln == first else first


def _cases_from(tranche: str) -> tuple[str, ...]:
    """Cases that hold a tranche: its own and every larger one; none named when that is all of them."""
    cases = CASES[CASES.index(tranche) :]
    return () if cases == CASES else cases
