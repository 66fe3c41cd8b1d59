"""The scenario ``mnf-u``: the notional Multinational Force Ukraine in four sizes."""

from typing import Final

from tools.scenario_mnf_u_force import CASES, CONTRIBUTIONS, add_force
from tools.scenario_mnf_u_lift import KEPT_FOR_OTHERS, add_lift, add_permits
from tools.scenario_mnf_u_offers import add_offers
from tools.scenario_mnf_u_requirements import add_requirements
from tools.scenario_mnf_u_terms import add_terms
from tools.scenario_mnf_u_units import OWN_UNITS
from tools.scenario_tables import ScenarioTables

TOML: Final = """\
format = 1
title = "Notional Multinational Force Ukraine"
summary = \"\"\"
A notional force of about 25 nations deploys to western and central Ukraine, Odesa, Poland and Romania after a
cease-fire. Sizes, offers and caveats follow public reports, named in the source columns; unit lists, dates, lift and
terminal capacities are notional. Nothing here is a plan of any nation.
\"\"\"
default_case = "base"
mission_country = "UKR"

[marks]
g_day = "C-5"
d_day = "C+7"
"""

_CASES: Final = {
    "low": ("Low", "10,000 people in Ukraine: United Kingdom 4,000, France 4,000, others 2,000", 150, "M42;N3;M8"),
    "base": (
        "Base", "15,000 people in Ukraine (France 6,000, United Kingdom 5,000, ten others 4,000), 3,000 on NATO soil",
        180, "M21;M30;M28",
    ),
    "high": ("High", "30,000 people, 4,000 of them on NATO soil; the split is notional", 240, "M29;M28;M60"),
    "stress": ("Stress", "64,000 people, 6,000 of them on NATO soil; fails the four-to-one rotation test", 365, "M22"),
}  # fmt: skip

_NATIONS: Final = {
    "AUS": "Australia", "BEL": "Belgium", "BGR": "Bulgaria", "CAN": "Canada", "CZE": "Czechia", "DEU": "Germany",
    "DNK": "Denmark", "ESP": "Spain", "EST": "Estonia", "FIN": "Finland", "FRA": "France", "GBR": "United Kingdom",
    "HRV": "Croatia", "IRL": "Ireland", "ITA": "Italy", "LTU": "Lithuania", "LUX": "Luxembourg", "LVA": "Latvia",
    "NLD": "Netherlands", "NOR": "Norway", "NZL": "New Zealand", "POL": "Poland", "PRT": "Portugal", "ROU": "Romania",
    "SVN": "Slovenia", "SWE": "Sweden", "TUR": "Türkiye",
}  # fmt: skip
_BURDEN_KEYS: Final = {
    "AUS": (57, 1800), "BEL": (24, 660), "BGR": (33, 110), "CAN": (63, 2240), "CZE": (28, 345), "DEU": (180, 4660),
    "DNK": (17, 430), "ESP": (122, 1720), "EST": (7, 43), "FIN": (24, 300), "FRA": (203, 3160), "GBR": (141, 3640),
    "HRV": (14, 92), "IRL": (7.5, 575), "ITA": (161, 2370), "LTU": (18, 85), "LUX": (1, 93), "LVA": (7, 43),
    "NLD": (34, 1230), "NOR": (25, 484), "NZL": (9, 257), "POL": (180, 915), "PRT": (24, 309), "ROU": (70, 383),
    "SVN": (6, 73), "SWE": (15, 610), "TUR": (355, 1320),
}  # fmt: skip
"""Thousands of people in the armed forces, and product in 10^9 US dollars; general knowledge, rounded."""
_OTHERS: Final = (
    ("UKR", "Ukraine", "host", "M13"), ("GRC", "Greece", "host", "V22;V14"), ("HUN", "Hungary", "host", "M30;M66"),
    ("SVK", "Slovakia", "host", "M30;M66"), ("MDA", "Moldova", "host", "notional"),
    ("USA", "United States", "observer", "M13;M62;M68"), ("JPN", "Japan", "observer", "M55;M66"),
)  # fmt: skip

_SITES: Final = (
    (
        "hq-paris",
        "Multinational operational headquarters, Fort Mont-Valérien",
        "seat",
        "FR-MONT-VALERIEN",
        "G+0",
        "C+365",
        "M9;M10",
        "first twelve months",
    ),
    (
        "hq-london",
        "Multinational operational headquarters, Northwood",
        "seat",
        "GB-NORTHWOOD",
        "C+365",
        None,
        "M5",
        "London site is not published; Northwood is assumed",
    ),
    (
        "cell-kyiv",
        "Coordination cell and headquarters, Kyiv",
        "cell",
        "UA-KYIV",
        "D+0",
        None,
        "M1;M6;M7",
        "led by a two-star officer of the British Army",
    ),
    ("hub-rzeszow", "Logistics hub Rzeszów-Jasionka", "hub", "EPRZ", "G+0", None, "H1", ""),
    (
        "hub-romania",
        "Logistics hub Mihail Kogălniceanu",
        "hub",
        "LRCK",
        "G+0",
        None,
        "H6;H2",
        "a second node in Romania is reported from January 2026; this place is assumed",
    ),
    ("hub-alexandroupoli", "Port hub Alexandroupoli", "hub", "GRAXD", "G+0", None, "V22;V14", ""),
)

_FACTORS: Final = (
    ("road.convoy.vehicles", 6, 12, 24, "vehicles", "from ten vehicles on Germany asks for a credit"),
    ("load.people.max", 24, 30, 48, "people", "one coach takes the people of one increment along"),
    ("load.carried.max", 1, 1, 6, "vehicles", "each goes on a transporter of its own"),
    ("load.container.max", 1, 2, 10, "TEU", "what one lorry carries"),
    ("border.crossing.stop_min", 30, 90, 360, "min", "customs and escort change at the Ukrainian border"),
    ("rail.speed.military_kmh", 20, 35, 50, "km/h", "military trains give way to passenger trains"),
    ("staging.integration_h", 12, 24, 48, "h", "people and vehicles are joined and briefed before the border"),
    ("staging.join_window_d", 3, 7, 10, "days", "wider than the packaged value: people may wait for their ship"),
    ("cohesion.window_d", 2, 4, 7, "days", "increments are small; a week apart would still be of use"),
    ("force.tour_months", 4, 6, 12, "months", "half a year for every nation that says nothing else"),
    ("force.relief_overlap_d", 3, 7, 14, "days", "a week in which the relief takes over"),
    ("force.deploy_d", 8, 12, 30, "days", "from barracks to hub on a free road, joined and briefed before the border"),
    ("force.status.statement", 0.4, 0.6, 0.8, "share", "said in public, notified to nobody"),
    ("force.status.pledge", 0.65, 0.8, 0.95, "share", "pledged at a meeting of leaders or ministers"),
    ("force.status.formal", 0.85, 0.95, 1, "share", "notified in writing, or already there"),
)  # fmt: skip


def build() -> ScenarioTables:
    """All tables of the scenario."""
    tables = ScenarioTables(TOML)
    for case in CASES:
        name, description, horizon_d, source = _CASES[case]
        tables.add("cases", {
            "case_id": case, "name": name, "description": description, "permit_regime": "eu", "horizon_d": horizon_d,
            "source": source,
        })  # fmt: skip
    _add_nations(tables)
    for site_id, name, kind, place, start, until, source, note in _SITES:
        tables.add("sites", {
            "site_id": site_id, "name": name, "kind": kind, "place_id": place, "from": start, "until": until,
            "source": source, "note": note,
        })  # fmt: skip
    tables.add("unit_types", *OWN_UNITS)
    add_terms(tables)
    add_requirements(tables)
    add_offers(tables)
    for factor_id, low, likely, high, unit, reason in _FACTORS:
        tables.add("factors", {
            "factor_id": factor_id, "low": low, "likely": likely, "high": high, "unit": unit, "reason": reason,
            "source": "notional", "grade": "assumed",
        })  # fmt: skip
    tables.add("factors", {
        "factor_id": "road.convoy.speed_kmh", "low": 23.3, "likely": 25, "high": 30, "unit": "km/h",
        "source": "S20;V19", "grade": "A",
        "reason": "planning speed with open intervals; 700 km in three days were driven in January 2017",
    })  # fmt: skip
    add_force(tables)
    add_lift(tables)
    add_permits(tables)
    _add_links_and_overrides(tables)
    return tables


def _add_nations(tables: ScenarioTables) -> None:
    sources = {part.nation: part.source for part in reversed(CONTRIBUTIONS)}
    for nation, name in _NATIONS.items():
        armed_forces_k, gdp_busd = _BURDEN_KEYS[nation]
        tables.add("nations", {
            "nation": nation, "name": name, "part": "contributor", "armed_forces_k": armed_forces_k,
            "gdp_busd": gdp_busd, "source": f"{sources[nation]};GENERAL", "grade": "K",
            "note": "armed forces and product of about 2024, general knowledge, rounded",
        })  # fmt: skip
    for nation, name, part, source in _OTHERS:
        tables.add("nations", {"nation": nation, "name": name, "part": part, "source": source})


def _add_links_and_overrides(tables: ScenarioTables) -> None:
    tables.add("links", {
        "link_id": "channel-tunnel-no-military-trains", "mode": "rail", "from_place": "GBDVR", "to_place": "FRDKK",
        "closed": True, "crossing": "RAIL-CHANNEL-TUNNEL", "source": "notional",
        "note": "no military trains through the Channel Tunnel are assumed",
    })  # fmt: skip
    tables.add("links", *(
        {"link_id": f"kept-{crossing.lower()}", "mode": "road", "from_place": start, "to_place": end, "closed": True,
         "crossing": crossing, "source": "notional", "note": "stays with civil traffic and aid to Ukraine"}
        for crossing, start, end in KEPT_FOR_OTHERS
    ))  # fmt: skip
    tables.add(
        "overrides",
        {"override_id": "pin-first-headquarters", "kind": "pin", "uln": "FRA01-01", "place": "EPRZ", "mode": "air",
         "cargo": "people", "reason": "the first staff flies to Rzeszów to meet the commander", "cases": ("high",)},
        {"override_id": "no-hungary-for-britain", "kind": "forbid", "nation": "GBR", "place": "RAIL-ZAHONY-CHOP",
         "reason": "one transit request fewer", "cases": ("high",)},
    )  # fmt: skip
