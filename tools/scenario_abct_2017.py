"""The scenario ``abct-2017``: the arrival of an American armoured brigade in January 2017, rebuilt from public figures.

Ships, first day, wagons, convoys and heavy vehicles are documented; the rest of the pieces, the days of the second and
third ship and the spread over three garrisons are assumed and marked so.
"""

from typing import Final

from tools.scenario_tables import ScenarioTables, shares

TOML: Final = """\
format = 1
title = "3rd Armoured Brigade Combat Team, January 2017"
summary = \"\"\"
The pieces of an armoured brigade come by three ships to Bremerhaven, the first on 6 January 2017, and go on by about
900 railway wagons and by road convoys to western Poland within about ten days. Rebuilt for validation.
\"\"\"
default_case = "history"

[marks]
g_day = "C+0"
d_day = "C+10"
c_day = 2017-01-06
"""

PIECES: Final = 2500
"""Disputed: 2,000 and more, 2,500 or 2,800 [V20, V21]; the middle one is used."""
PEOPLE: Final = 3750
"""Disputed: 3,500 to 4,000 [V18]; the middle is used."""
HEAVY: Final = {"m1a2": 87, "bradley-m2": 144, "m109": 18}
"""Documented heavy vehicles [V21]."""
OTHER: Final = {
    "hmmwv": 900, "truck-6x6": 300, "truck-container": 170, "m113": 150, "fuel-bowser": 60, "recovery-tank": 45,
    "truck-4x4": 120, "trailer-cargo": 180, "trailer-light": 150, "command-truck": 60, "container-20": 116,
}  # fmt: skip
"""Assumed shares of the other pieces; they sum to what is left of the total, and fill a
wagon with about the documented 2.6 items [S51]."""
SHIPS: Final = ((0, 45, "V20"), (2, 30, "assumed"), (4, 25, "assumed"))
"""Day of each ship and percent of the pieces aboard; only the first day is documented."""
GARRISONS: Final = (("PL-ZAGAN", 5), ("PL-SWIETOSZOW", 3), ("PL-SKWIERZYNA", 2))
"""Destinations, in tenths of the pieces; the split is assumed."""
CONVOYS: Final = 10
"""About 200 pieces of 2,500 went by road, 21 to a convoy [S51, V19]."""
LINES_PER_SHIP: Final = 40
"""Assumed; a line is then about a company's vehicles."""
PEOPLE_PER_LINE: Final = 125


def build() -> ScenarioTables:
    """All tables of the scenario."""
    tables = ScenarioTables(TOML)
    tables.add(
        "cases",
        {"case_id": "history", "name": "As it was", "permit_regime": "history", "horizon_d": 60,
         "description": "about 90 wagons a day and one convoy of 21 vehicles a day", "source": "V21;V19"},
        {"case_id": "open", "name": "Port and roads open", "permit_regime": "history", "horizon_d": 60,
         "description": "the same lift, with terminals and crossings of the reference tables", "source": "assumed"},
    )  # fmt: skip
    tables.add(
        "nations",
        {"nation": "USA", "name": "United States", "part": "contributor", "source": "V18"},
        {"nation": "DEU", "name": "Germany", "part": "host", "source": "V21"},
        {"nation": "POL", "name": "Poland", "part": "host", "source": "V19"},
    )
    _add_pieces(tables)
    _add_people(tables)
    _add_lift(tables)
    _add_limits(tables)
    return tables


def _add_pieces(tables: ScenarioTables) -> None:
    """Pieces ship by ship, cut into lines that go to three garrisons."""
    pieces = HEAVY | OTHER
    turn = [place for place, tenths in GARRISONS for _ in range(tenths)]
    left = dict(pieces)
    for number, (day, percent, source) in enumerate(SHIPS, 1):
        last = number == len(SHIPS)
        aboard = {name: left[name] if last else items * percent // 100 for name, items in pieces.items()}
        left = {name: left[name] - aboard[name] for name in left}
        cuts = {name: shares(items, LINES_PER_SHIP, 7 * place) for place, (name, items) in enumerate(aboard.items())}
        for part in range(LINES_PER_SHIP):
            uln = f"ABCT-{number}-{part + 1:02d}"
            tables.add("lines", {
                "uln": uln, "parent_uln": f"ABCT-{number}-01" if part else None, "nation": "USA",
                "name": f"Pieces of ship {number}, part {part + 1} of {LINES_PER_SHIP}", "priority": 2,
                "rld": f"C+{day}", "rdd": "C+10", "origin": "DEBRV", "dest": turn[part * 7 % len(turn)], "pax": 0,
                "source": source, "note": "ship's day and garrison assumed" if day else "garrison assumed",
            })  # fmt: skip
            tables.add("cargo", *(
                {"uln": uln, "platform": name, "quantity": cut[part]} for name, cut in cuts.items() if cut[part]
            ))  # fmt: skip


def _add_people(tables: ScenarioTables) -> None:
    """Soldiers, who are assumed to land at Wrocław while their vehicles are at sea."""
    parts = PEOPLE // PEOPLE_PER_LINE
    turn = [place for place, tenths in GARRISONS for _ in range(tenths)]
    for part, people in enumerate(shares(PEOPLE, parts)):
        tables.add("lines", {
            "uln": f"ABCT-P-{part + 1:02d}", "parent_uln": "ABCT-P-01" if part else None, "nation": "USA",
            "name": f"Soldiers, part {part + 1} of {parts}", "priority": 3, "rld": f"C+{part // 6}", "rdd": "C+10",
            "origin": "EPWR", "dest": turn[part * 7 % len(turn)], "pax": people, "source": "V18",
            "note": "airfield and days assumed",
        })  # fmt: skip


def _add_lift(tables: ScenarioTables) -> None:
    rows = (
        ("wagons", "train-1435-short", 8, 1, "DEBRV", "S51;S33", "D",
         "about 90 wagons a day times a cycle of 1.7 days are 153: 8 sets of 20"),
        ("coaches", "bus-coach", 2, 10, "PL-ZAGAN", "assumed", "assumed",
         "coaches are not documented; they do not touch the pieces"),
        ("lorries", "truck-civil", 1, 10, "DEBRV", "assumed", "assumed", "a few containers only; not documented"),
        ("het", "het", 1, 6, "PL-ZAGAN", "assumed", "assumed", "from the railhead to camp; not documented"),
    )  # fmt: skip
    for fleet_id, platform, number, packet, home, source, grade, note in rows:
        tables.add("lift", {
            "fleet_id": fleet_id, "platform": platform, "count": number, "packet": packet, "home": home,
            "nation": "USA", "source": source, "grade": grade, "note": note,
        })  # fmt: skip


def _add_limits(tables: ScenarioTables) -> None:
    """Convoys as documented, and permits; 90 wagons a day are in the fleet already and limit nothing else."""
    tables.add(
        "factors",
        {"factor_id": "road.convoy.vehicles", "low": 21, "likely": 21, "high": 21, "unit": "vehicles", "source": "V19",
         "grade": "B", "reason": "a convoy had 21 vehicles"},
        {"factor_id": "road.convoy.speed_kmh", "low": 23.3, "likely": 23.3, "high": 23.3, "unit": "km/h",
         "source": "V19", "grade": "D", "reason": "700 km in three days of ten hours"},
    )  # fmt: skip
    tables.add("platforms", {
        "platform_id": "truck-container", "height_cm": 330, "source": "GENERAL", "grade": "K",
        "note": "without its container, as it goes by rail",
    })  # fmt: skip
    for ship in range(1, len(SHIPS) + 1):
        for part in range(LINES_PER_SHIP):
            if part % (len(SHIPS) * LINES_PER_SHIP // CONVOYS) != 0:
                uln = f"ABCT-{ship}-{part + 1:02d}"
                tables.add("overrides", {
                    "override_id": f"rail-{uln}", "kind": "forbid", "uln": uln, "place": "DEBRV", "mode": "road",
                    "cargo": "wheeled", "cases": "history", "source": "S51;V19",
                    "reason": "about 2,300 of 2,500 pieces went by rail; which ones is assumed",
                })  # fmt: skip
    for country, state, note in (
        ("POL", "granted", "asked for long before; no documented wait"),
        ("DEU", "granted", "asked for long before; no documented wait"),
        ("CZE", "denied", "documented is the way from Germany straight to Poland; none other was asked for, assumed"),
    ):
        tables.add("permits", {
            "permit_id": f"{country}-2017", "country": country, "requested": "C+0", "lead_h": 0, "state": state,
            "authority": "assumed", "source": "assumed", "note": note,
        })  # fmt: skip
