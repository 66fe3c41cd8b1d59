"""On what terms nations serve in ``mnf-u``: gates, caveats, and when they are called up.

Gates and caveats that are publicly reported name their source; days, likelihoods and all others are notional. Caveats
of service are modelled on the kinds that were known in Afghanistan: area, task, night, riot control, time, weather,
command, mandate, numbers. No caveat here that is called notional is one of the nation named.
"""

from typing import Final

from tools.scenario_tables import Row, ScenarioTables

_JUDGED: Final = "day and likelihood notional"
GATES: Final = (
    ("cease-fire", None, "cease-fire", "open", "G+0", 1.0, "M12;M15", "the scenario begins with it"),
    ("agreement", None, "deployment agreement", "open", "G+0", 1.0, "M6", "assumed concluded before G-day"),
    ("commons", "GBR", "parliament", "closed", "G+1", 0.9, "M12;M63",
     "vote of the House of Commons; likelihood notional"),
    ("congreso", "ESP", "parliament", "closed", "G+6", 0.6, "M51",
     "a United Nations mandate is demanded; likelihood notional"),
    ("riksdag", "SWE", "parliament", "closed", "G+6", 0.7, "M52", "likelihood notional"),
    ("riigikogu", "EST", "parliament", "closed", "G+3", 0.9, "M53", "likelihood notional"),
    ("bundestag", "DEU", "parliament", "closed", "G+3", 0.8, "M47", "likelihood notional"),
    ("tweede-kamer", "NLD", "parliament", "closed", "G+4", 0.8, "M69", "likelihood notional"),
    ("us-backing", "BEL", "backing of the United States", "closed", "G+4", 0.6, "M54", "likelihood notional"),
    ("us-guarantees", "SWE", "backing of the United States", "closed", "G+6", 0.6, "M52", "likelihood notional"),
    ("montreux", "TUR", "treaty", "open", "G+0", 1.0, "M20",
     "passage of the Straits stays under the Montreux Convention"),
    ("decision-can", "CAN", "government", "closed", "G+10", 0.5, "M44;M55", "no decision; likelihood notional"),
    ("folketing", "DNK", "parliament", "closed", "G+5", 0.9, "M19", _JUDGED),
    ("saeima", "LVA", "parliament", "closed", "G+5", 0.9, "M19", _JUDGED),
    ("seimas", "LTU", "parliament", "closed", "G+4", 0.9, "M19", _JUDGED),
    ("parlamento", "ITA", "parliament", "closed", "G+30", 0.7, "M69", _JUDGED),
    ("eduskunta", "FIN", "parliament", "closed", "G+20", 0.7, "M19", _JUDGED),
    ("straits", None, "treaty", "closed", None, 0.3, "N4;N5",
     "ships of states beyond the Black Sea pass when the Straits are open again; likelihood notional"),
    ("un-mandate", None, "mandate of the United Nations", "closed", None, 0.3, "M75", "likelihood notional"),
    ("us-air-cover", None, "backing of the United States", "refused", None, 0.1, "M62;M68",
     "the United States did not sign the declaration; that an offer waits for it is notional"),
)  # fmt: skip

_NO_TROOPS: Final = (
    ("POL", "M48;M49;M73"), ("ROU", "M56;M57"), ("ITA", "M58;M16"), ("GRC", "M41"),
)  # fmt: skip
_APPROVALS: Final = (
    ("DEU", "UKR", None, "M47;M45",
     "neighbouring NATO territory only; in Ukraine not ruled out formally, not expected here"),
    ("BEL", "UKR", "C+4", "M54", "backing of the United States and a peace deal first; day notional"),
    ("SWE", "UKR", "C+6", "M52", "guarantees of the United States and the Riksdag; day notional"),
    ("CAN", "UKR", "C+10", "M44;M55", "no decision yet; day notional"),
    ("IRL", "UKR", "C+8", "M75", "mandate; day notional"),
)  # fmt: skip
_ON_THE_WAY: Final[tuple[Row, ...]] = (
    {"caveat_id": "ESP-daily-entry", "nation": "ESP", "category": "area", "effect": "limits", "country": "UKR",
     "limit_people_per_day": 150, "source": "notional", "note": "reception agreed by the nation"},
    {"caveat_id": "CAN-no-hungary", "nation": "CAN", "category": "transit", "effect": "forbids", "country": "HUN",
     "source": "notional", "note": "transit caveat"},
    {"caveat_id": "LTU-no-hungary", "nation": "LTU", "category": "transit", "effect": "forbids", "country": "HUN",
     "source": "notional", "note": "transit caveat"},
)  # fmt: skip
_STRENGTHS: Final = (
    ("FRA", 8000, "M10", "6,000 to 8,000 in place, a division"), ("GBR", 7400, "M21", "under 7,500 in place"),
    ("EST", 250, "M53", "a company of 50 to 250"), ("DEU", 1700, "notional", "ceiling of a mandate"),
    ("POL", 1800, "notional", "its own security is kept first"), ("NLD", 1200, "notional", "ceiling of a mandate"),
)  # fmt: skip
_SERVICE: Final[tuple[tuple[str, str, str, str, str, Row, str, str], ...]] = (
    ("FRA", "not-forward", "area", "forbids", "harbour guard", {"place": "UA-MYKOLAIV"}, "M30;M72",
     "away from the front; that this place counts as such is notional"),
    ("GBR", "not-forward", "area", "needs approval", "harbour guard", {"place": "UA-MYKOLAIV", "approved": "C+120"},
     "notional", "ministers decide case by case"),
    ("GBR", "desna", "area", "needs approval", "training", {"place": "UA-DESNA", "approved": "C+150"}, "notional",
     "near the border"),
    ("CAN", "desna", "area", "forbids", "training", {"place": "UA-DESNA"}, "notional", "near the border"),
    ("BEL", "desna", "area", "forbids", "training", {"place": "UA-DESNA"}, "notional", "near the border"),
    ("LTU", "odesa", "area", "forbids", "hub guard", {"place": "UA-ODESA"}, "notional", "west of the country only"),
    ("TUR", "kyiv", "area", "forbids", "hub guard", {"place": "UA-KYIV"}, "notional", "Odesa and its coast only"),
    ("TUR", "command", "command", "forbids", "reserve", {}, "M20", "units stay under national command"),
    ("ESP", "reserve", "task", "forbids", "reserve", {}, "notional", "no task of intervention"),
    ("NLD", "reserve", "mandate", "needs approval", "reserve", {"approved": "C+90"}, "notional",
     "a letter to parliament for each area"),
    ("FRA", "escort", "task", "forbids", "escort", {"place": "UA-LVIV"}, "notional", "escorts its own convoys only"),
    ("GBR", "escort", "mandate", "needs approval", "escort", {"approved": "C+45"}, "notional", "after a first review"),
    ("BEL", "night", "night", "forbids", "night patrol", {}, "notional", "patrols by day only"),
    ("CAN", "night", "night", "forbids", "night patrol", {}, "notional", "patrols by day only"),
    ("GBR", "night", "night", "needs approval", "night patrol", {"approved": "C+60"}, "notional",
     "after a first review"),
    ("GBR", "riot", "riot control", "forbids", "crowd control", {}, "notional", ""),
    ("FRA", "riot", "riot control", "forbids", "crowd control", {"country": "UKR"}, "notional",
     "left to the host nation"),
    ("ESP", "riot", "riot control", "needs approval", "crowd control", {"approved": "C+200"}, "notional", ""),
    ("DNK", "sites", "task", "forbids", "site guard", {}, "notional", "no guard of nuclear plants"),
    ("FRA", "sites", "task", "forbids", "site guard", {}, "notional", "no guard of nuclear plants"),
    ("NOR", "winter", "time", "forbids", "hub guard", {"starts": "C+300", "until": "C+360"}, "notional",
     "needed at home for an exercise"),
    ("EST", "spring", "time", "forbids", "training", {"starts": "C+420", "until": "C+450"}, "notional",
     "needed at home for an exercise"),
    ("FRA", "icing", "weather", "forbids", "air transport", {"starts": "C+270", "until": "C+330"}, "notional",
     "no flying in icing without equipment that comes later"),
    ("SWE", "air", "mandate", "needs approval", "air policing", {"approved": "C+40"}, "notional",
     "rules for the air come after the first month"),
)  # fmt: skip

ACTIVATIONS: Final = (
    ("warning", "G-20", None), ("request", "G-7", None), ("order", "G+0", None), ("order", "G+4", "AUS"),
    ("order", "G+10", "CAN"),
)  # fmt: skip


def add_terms(tables: ScenarioTables) -> None:
    """Add gates, caveats and activations."""
    for gate_id, nation, kind, state, opens, likelihood, source, note in GATES:
        tables.add("gates", {
            "gate_id": gate_id, "nation": nation, "kind": kind, "state": state, "opens": opens,
            "likelihood": likelihood, "source": source, "note": note,
        })  # fmt: skip
    for state, at, nation in ACTIVATIONS:
        tables.add("activations", {"state": state, "at": at, "nation": nation, "source": "notional"})
    _add_caveats_of_entry(tables)
    _add_caveats_of_service(tables)


def _add_caveats_of_entry(tables: ScenarioTables) -> None:
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
    tables.add("caveats", *_ON_THE_WAY)


def _add_caveats_of_service(tables: ScenarioTables) -> None:
    """Add what binds units in place: each has a task or a number of people, so that movement does not see it."""
    for nation, people, source, note in _STRENGTHS:
        tables.add("caveats", {
            "caveat_id": f"{nation}-strength", "nation": nation, "category": "numbers", "effect": "limits",
            "limit_people": people, "source": source, "note": note,
        })  # fmt: skip
    for nation, key, category, effect, task, more, source, note in _SERVICE:
        tables.add("caveats", {
            "caveat_id": f"{nation}-{key}", "nation": nation, "category": category, "effect": effect, "task": task,
            **more, "source": source, "note": note,
        })  # fmt: skip
