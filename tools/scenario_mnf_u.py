"""The scenario ``mnf-u``: the notional Multinational Force Ukraine in four sizes."""

from typing import Final

from tools.scenario_mnf_u_force import CASES, CONTRIBUTIONS, MIXES, add_force
from tools.scenario_mnf_u_lift import KEPT_FOR_OTHERS, add_lift, add_permits
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

_GATES: Final = (
    ("cease-fire", None, "cease-fire", "open", "G+0", 1.0, "M12;M15", "the scenario begins with it"),
    ("agreement", None, "deployment agreement", "open", "G+0", 1.0, "M6", "assumed concluded before G-day"),
    (
        "commons",
        "GBR",
        "parliament",
        "closed",
        "G+1",
        0.9,
        "M12;M63",
        "vote of the House of Commons; likelihood notional",
    ),
    (
        "congreso",
        "ESP",
        "parliament",
        "closed",
        "G+6",
        0.6,
        "M51",
        "a United Nations mandate is demanded; likelihood notional",
    ),
    ("riksdag", "SWE", "parliament", "closed", "G+6", 0.7, "M52", "likelihood notional"),
    ("riigikogu", "EST", "parliament", "closed", "G+3", 0.9, "M53", "likelihood notional"),
    ("bundestag", "DEU", "parliament", "closed", "G+3", 0.8, "M47", "likelihood notional"),
    ("tweede-kamer", "NLD", "parliament", "closed", "G+4", 0.8, "M69", "likelihood notional"),
    ("us-backing", "BEL", "backing of the United States", "closed", "G+4", 0.6, "M54", "likelihood notional"),
    ("us-guarantees", "SWE", "backing of the United States", "closed", "G+6", 0.6, "M52", "likelihood notional"),
    (
        "montreux",
        "TUR",
        "treaty",
        "open",
        "G+0",
        1.0,
        "M20",
        "passage of the Straits stays under the Montreux Convention",
    ),
    ("decision-can", "CAN", "government", "closed", "G+10", 0.5, "M44;M55", "no decision; likelihood notional"),
)
_GATE_OF: Final = {
    "GBR": "commons", "ESP": "congreso", "SWE": "riksdag", "EST": "riigikogu", "DEU": "bundestag",
    "NLD": "tweede-kamer", "BEL": "us-backing", "CAN": "decision-can",
}  # fmt: skip

_NO_TROOPS: Final = (
    ("POL", "M48;M49;M73"), ("ROU", "M56;M57"), ("ITA", "M58;M16"), ("GRC", "M41"),
)  # fmt: skip
_APPROVALS: Final = (
    (
        "DEU",
        "UKR",
        None,
        "M47;M45",
        "neighbouring NATO territory only; in Ukraine not ruled out formally, not expected here",
    ),
    ("BEL", "UKR", "C+4", "M54", "backing of the United States and a peace deal first; day notional"),
    ("SWE", "UKR", "C+6", "M52", "guarantees of the United States and the Riksdag; day notional"),
    ("CAN", "UKR", "C+10", "M44;M55", "no decision yet; day notional"),
    ("IRL", "UKR", "C+8", "M75", "mandate; day notional"),
)

_OFFERS: Final = {
    "FRA": ("land brigade and headquarters", "statement", "2026-01-08"),
    "GBR": ("land brigade, hubs, training", "pledge", "2026-01-07"),
    "DEU": ("air defence and logistics on neighbouring territory", "statement", "2026-01-06"),
    "POL": ("logistics lead", "pledge", "2026-01-06"),
    "ROU": ("bases, logistics", "statement", "2026-01-07"),
    "ITA": ("training outside Ukraine", "statement", "2025-09-04"),
    "TUR": ("maritime component ashore", "pledge", "2026-05-18"),
    "BEL": ("land trainers, air, naval", "statement", "2026-01"),
    "SWE": ("mechanised company group, mine clearance", "statement", "2026-01-07"),
    "EST": ("light infantry company, instructors", "pledge", "2025-04-30"),
    "CAN": ("training teams", "statement", "2026-01-07"),
    "ESP": ("motorised infantry", "statement", "2026-01-07"),
}  # fmt: skip

_REQUIREMENTS: Final = (
    ("theatre headquarters", "hq-division", 1, "UA-KYIV", 5, 1, "land"),
    ("signals", "sig-coy", 3, "UA-KYIV", 5, 1, "land"),
    ("route and site clearance", "eod-coy", 2, "UA-ZHYTOMYR-TA", 5, 1, "land"),
    ("engineers, west", "eng-coy", 3, "UA-LVIV", 5, 1, "land"),
    ("engineers, centre", "eng-coy", 4, "UA-ZHYTOMYR-TA", 5, 1, "land"),
    ("military police", "mp-coy", 3, "UA-LVIV", 5, 1, "land"),
    ("role 2 hospital, west", "med-coy-role2", 2, "UA-LVIV", 5, 1, "land"),
    ("role 2 hospital, centre", "med-coy-role2", 2, "UA-KYIV", 5, 1, "land"),
    ("port and movement control", "port-team", 2, "PLRZE", 5, 1, "logistics"),
    ("infantry hub Lviv", "inf-bn-light", 2, "UA-LVIV", 10, 2, "land"),
    ("infantry hub Kyiv", "inf-bn-wheeled", 2, "UA-KYIV", 15, 2, "land"),
    ("infantry hub Odesa", "inf-bn-wheeled", 1, "UA-ODESA", 20, 2, "land"),
    ("infantry hub Khmelnytskyi", "inf-bn-motor", 1, "UA-KHMELNYTSKYI", 20, 2, "land"),
    ("theatre support, west", "log-bn", 2, "UA-LVIV", 12, 2, "logistics"),
    ("theatre support, centre", "log-bn", 1, "UA-VINNYTSIA", 16, 2, "logistics"),
    ("theatre support, neighbours", "log-bn", 1, "PLRZE", 10, 2, "logistics"),
    ("mechanised reserve", "mech-bn-vbci", 2, "UA-ZHYTOMYR-TA", 30, 3, "land"),
    ("mechanised reserve, west", "mech-bn-warrior", 1, "UA-YAVORIV-TA", 30, 3, "land"),
    ("artillery", "art-bty-caesar", 2, "UA-ZHYTOMYR-TA", 35, 3, "land"),
    ("ground-based air defence of hubs", "ad-bty-sampt", 2, "UA-KYIV", 25, 3, "air"),
    ("air defence of the rear base", "ad-bn-patriot", 1, "PLRZE", 25, 3, "air"),
    ("mine counter-measures support", "mcm-support", 2, "RO-CONSTANTA", 20, 3, "maritime"),
    ("tank companies", "tank-coy-leopard", 6, "UA-ZHYTOMYR-TA", 40, 4, "land"),
    ("training teams", "training-team", 8, "UA-YAVORIV-TA", 40, 4, "training"),
)  # fmt: skip

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
    _add_gates_and_offers(tables)
    _add_caveats(tables)
    for number, (capability, unit_type, quantity, place, day, priority, component) in enumerate(_REQUIREMENTS, 1):
        tables.add("requirements", {
            "requirement_id": f"R{number:02d}", "capability": capability, "unit_type": unit_type, "quantity": quantity,
            "place": place, "needed_from": f"D+{day}", "priority": priority, "component": component,
            "source": "notional",
        })  # fmt: skip
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
        tables.add("nations", {"nation": nation, "name": name, "part": "contributor", "source": sources[nation]})
    for nation, name, part, source in _OTHERS:
        tables.add("nations", {"nation": nation, "name": name, "part": part, "source": source})


def _add_gates_and_offers(tables: ScenarioTables) -> None:
    for gate_id, nation, kind, state, opens, likelihood, source, note in _GATES:
        tables.add("gates", {
            "gate_id": gate_id, "nation": nation, "kind": kind, "state": state, "opens": opens,
            "likelihood": likelihood, "source": source, "note": note,
        })  # fmt: skip
    for number, part in enumerate(CONTRIBUTIONS, 1):
        capability, status, said_on = _OFFERS.get(part.nation, ("units of a notional list", "statement", None))
        unit_type = max(MIXES[part.mix], key=lambda item: item[1])[0]
        tables.add("offers", {
            "offer_id": f"O{number:02d}", "nation": part.nation, "unit_type": unit_type, "capability": capability,
            "quantity": 1, "people": max(part.people[1], part.people[2]), "notice_days": 5 + part.later_d,
            "place_allowed": part.side, "gate": _GATE_OF.get(part.nation), "status": status, "said_on": said_on,
            "label": "notional", "source": part.source,
        })  # fmt: skip


def _add_caveats(tables: ScenarioTables) -> None:
    for nation, source in _NO_TROOPS:
        tables.add("caveats", {
            "caveat_id": f"{nation}-not-in-ukraine", "nation": nation, "category": "area", "effect": "forbids",
            "country": "UKR", "source": source,
        })  # fmt: skip
    for nation, country, approved, source, note in _APPROVALS:
        tables.add("caveats", {
            "caveat_id": f"{nation}-approval-{country.lower()}", "nation": nation, "category": "area",
            "effect": "needs approval", "country": country, "approved": approved, "source": source, "note": note,
        })  # fmt: skip
    tables.add(
        "caveats",
        {"caveat_id": "ESP-daily-entry", "nation": "ESP", "category": "area", "effect": "limits", "country": "UKR",
         "limit_people_per_day": 150, "source": "notional", "note": "reception agreed by the nation"},
        {"caveat_id": "CAN-no-hungary", "nation": "CAN", "category": "transit", "effect": "forbids", "country": "HUN",
         "source": "notional", "note": "transit caveat"},
        {"caveat_id": "LTU-no-hungary", "nation": "LTU", "category": "transit", "effect": "forbids", "country": "HUN",
         "source": "notional", "note": "transit caveat"},
    )  # fmt: skip


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
