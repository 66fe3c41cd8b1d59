"""What nations offer to ``mnf-u``: notional units behind what is publicly reported, with gates, terms and disputes.

Who offers, what kind of thing, where it may serve and what must happen first follow the mission facts; how many units,
of which type and at which notice is notional. The number of units is everything that a nation has for the offer, those
that rest and prepare included: four for one in place. Twenty-six nations pledge; five of them have not said when,
and ten pledge infantry for Ukraine.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from muster.reference import load_unit_types
from tools.scenario_mnf_u_force import CONTRIBUTIONS
from tools.scenario_mnf_u_units import OWN_UNITS
from tools.scenario_tables import Row, ScenarioTables

UNITS_FOR_ONE: Final = 4
"""Units that a nation has for each that it lets be in place at one time, after the ratio of the mission facts."""
IN, NEAR, HOME = "in country", "neighbour only", "home only"


@dataclass(frozen=True, slots=True)
class OfferKind:
    """What is offered, whoever offers it."""

    capability: str
    size: str
    unit_type: str
    has: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """One row of a nation.

    Attributes
    ----------
    units
        Everything that the nation has for it.
    more
        Columns that differ from those of the nation.
    """

    key: str
    name: str
    kind: str
    units: int
    more: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NationOffers:
    """What a nation says, and what all its rows have alike."""

    nation: str
    usual: Row
    pledges: tuple[Pledge, ...]


KINDS: Final = {
    "light battalion": OfferKind("infantry", "battalion", "inf-bn-light"),
    "wheeled battalion": OfferKind("infantry", "battalion", "inf-bn-wheeled"),
    "airborne battalion": OfferKind("infantry", "battalion", "inf-bn-airborne"),
    "motorised battalion": OfferKind("infantry", "battalion", "inf-bn-motor"),
    "company": OfferKind("infantry", "company", "inf-coy"),
    "light company": OfferKind("infantry", "company", "inf-coy-light"),
    "vbci": OfferKind("mechanised", "battalion", "mech-bn-vbci"),
    "warrior": OfferKind("mechanised", "battalion", "mech-bn-warrior"),
    "boxer": OfferKind("mechanised", "battalion", "mech-bn-boxer"),
    "mechanised company": OfferKind("mechanised", "company", "mech-coy"),
    "tank squadron": OfferKind("armour", "company", "tank-sqn"),
    "leopard": OfferKind("armour", "company", "tank-coy-leopard"),
    "reconnaissance": OfferKind("reconnaissance", "company", "recce-sqn-jaguar"),
    "battery": OfferKind("artillery", "company", "art-bty-caesar"),
    "engineers": OfferKind("engineer", "company", "eng-coy"),
    "construction": OfferKind("construction engineer", "battalion", "eng-bn-construct"),
    "disposal": OfferKind("eod", "company", "eod-coy"),
    "police": OfferKind("mp", "company", "mp-coy"),
    "signals": OfferKind("signals", "company", "sig-coy"),
    "drones": OfferKind("unmanned aircraft", "team", "isr-det", ("night",)),
    "headquarters": OfferKind("theatre headquarters", "headquarters", "hq-division"),
    "brigade headquarters": OfferKind("brigade headquarters", "headquarters", "hq-brigade"),
    "staff": OfferKind("headquarters staff", "team", "staff-team"),
    "liaison": OfferKind("liaison", "team", "liaison-team"),
    "samp-t": OfferKind("long-range air defence", "company", "ad-bty-sampt", ("link 16",)),
    "patriot": OfferKind("long-range air defence", "company", "ad-bty-patriot", ("link 16",)),
    "short-range air defence": OfferKind("short-range air defence", "company", "ad-bty-short"),
    "fighters": OfferKind("air policing", "squadron", "fighter-det", ("night", "link 16")),
    "early warning": OfferKind("airborne early warning", "squadron", "aew-det", ("link 16",)),
    "tanker": OfferKind("air refuelling", "squadron", "tanker-det"),
    "patrol aircraft": OfferKind("maritime patrol aircraft", "squadron", "mpa-det", ("link 16",)),
    "air control": OfferKind("air control", "team", "air-control-team", ("link 16",)),
    "air base": OfferKind("air base", "company", "air-base-coy"),
    "helicopters": OfferKind("transport helicopter", "squadron", "helicopter-det", ("night",)),
    "minehunter": OfferKind("mine counter-measures", "ship", "minehunter"),
    "patrol ship": OfferKind("sea patrol", "ship", "patrol-ship"),
    "command ship": OfferKind("sea command", "ship", "command-ship"),
    "maritime staff": OfferKind("maritime headquarters", "headquarters", "maritime-staff"),
    "divers": OfferKind("clearance diving", "team", "diving-team"),
    "mine support": OfferKind("mcm support", "team", "mcm-support"),
    "harbour": OfferKind("harbour protection", "team", "harbour-team", ("night",)),
    "supply": OfferKind("logistics", "battalion", "log-bn"),
    "transport": OfferKind("transport", "company", "log-coy-transport"),
    "heavy transport": OfferKind("heavy transport", "company", "log-coy-het"),
    "fuel": OfferKind("fuel", "company", "log-coy-fuel"),
    "maintenance": OfferKind("maintenance", "company", "maint-coy"),
    "movement control": OfferKind("movement control", "company", "port-team"),
    "water": OfferKind("water supply", "team", "water-team"),
    "hospital": OfferKind("role 2 hospital", "company", "med-coy-role2"),
    "large hospital": OfferKind("role 3 hospital", "company", "hospital-role3"),
    "air ambulance": OfferKind("medical evacuation", "squadron", "avn-det-medevac", ("night",)),
    "preventive medicine": OfferKind("preventive medicine", "team", "preventive-medicine-team"),
    "trainers": OfferKind("training team", "team", "training-team"),
    "specialists": OfferKind("specialist instruction", "team", "specialist-team"),
}

_ALL: Final = ("english", "night", "nato-interoperable")
_SAID_NOTHING: Final = {"notice_days": None, "status": "statement"}
_SPEAKS: Final = (*_ALL, "ukrainian")

OFFERS: Final = (
    NationOffers("FRA", {
        "place_allowed": IN, "status": "statement", "notice_days": 5, "has": _ALL, "said_on": "2026-01-08",
        "source": "M30;M10",
    }, (
        Pledge("HQ", "Theatre headquarters", "headquarters", 2, {"status": "formal", "source": "M7;M8"}),
        Pledge("BDE", "Brigade headquarters", "brigade headquarters", 4, {"status": "pledge"}),
        Pledge("STAFF", "Staff of the operational headquarters", "staff", 4, {
            "status": "formal", "notice_days": 0, "said_on": "2026-02-24", "source": "M8",
            "note": "half of 70 people"}),
        Pledge("STAFF-200", "Staff of the operational headquarters", "staff", 12, {
            "disputes": "FRA-STAFF", "said_on": "2026-01-07", "source": "M10", "note": "half of about 200 officers"}),
        Pledge("LIAISON", "Liaison teams", "liaison", 8, {"has": _SPEAKS}),
        Pledge("SIG", "Signals companies", "signals", 4),
        Pledge("WHEELED", "Infantry battalions, protected", "wheeled battalion", 6, {
            "status": "pledge", "note": "part of a force of about 6,000 in place"}),
        Pledge("WHEELED-8K", "Infantry battalions, protected", "wheeled battalion", 9, {
            "disputes": "FRA-WHEELED", "said_on": "2026-01-07", "source": "M10", "note": "6,000 to 8,000, a division"}),
        Pledge("WHEELED-10K", "Infantry battalions, protected", "wheeled battalion", 12, {
            "disputes": "FRA-WHEELED", "said_on": "2025-04-29", "source": "M22", "note": "5,000 to 10,000"}),
        Pledge("LIGHT", "Light infantry battalions", "light battalion", 4, {"status": "pledge"}),
        Pledge("PARA", "Airborne battalions", "airborne battalion", 3, {"status": "pledge"}),
        Pledge("VBCI", "Mechanised battalions", "vbci", 3, {"notice_days": 12}),
        Pledge("TANK", "Tank squadrons", "tank squadron", 6, {"notice_days": 20}),
        Pledge("RECCE", "Reconnaissance squadrons", "reconnaissance", 4),
        Pledge("ART", "Artillery batteries", "battery", 4, {"notice_days": 15}),
        Pledge("SAMPT", "Air defence batteries", "samp-t", 5, {"notice_days": 10}),
        Pledge("SHORAD", "Air defence batteries, short range", "short-range air defence", 2),
        Pledge("ENG", "Engineer companies", "engineers", 8),
        Pledge("EOD", "Disposal companies", "disposal", 4),
        Pledge("MP", "Gendarmes", "police", 4, {"has": (*_ALL, "riot control")}),
        Pledge("DRONES", "Unmanned aircraft detachments", "drones", 4, {"source": "M72;M30"}),
        Pledge("LOG", "Support battalions", "supply", 4),
        Pledge("TPT", "Transport companies", "transport", 4),
        Pledge("FUEL", "Fuel companies", "fuel", 3),
        Pledge("MAINT", "Maintenance companies", "maintenance", 4),
        Pledge("MOV", "Movement control companies", "movement control", 4),
        Pledge("ROLE2", "Role 2 hospitals", "hospital", 5),
        Pledge("MEDEVAC", "Medical evacuation detachments", "air ambulance", 4),
        Pledge("HELI", "Transport helicopters", "helicopters", 4, {"notice_days": 15}),
        Pledge("FIGHTER", "Fighter detachments", "fighters", 6, {"source": "M42;M60"}),
        Pledge("AEW", "Airborne early warning", "early warning", 2, {"source": "M42"}),
        Pledge("TANKER", "Tanker aircraft", "tanker", 2),
        Pledge("DIVERS", "Clearance divers", "divers", 4, {"notice_days": 10}),
        Pledge("TRAIN", "Training teams", "trainers", 8, {"notice_days": 20, "has": (*_ALL, "ukrainian")}),
        Pledge("SPEC", "Specialist instructors", "specialists", 8, {"notice_days": 20}),
    )),
    NationOffers("GBR", {
        "place_allowed": IN, "status": "pledge", "notice_days": 5, "gates": ("commons",), "has": _ALL,
        "said_on": "2026-01-07", "source": "M21;M12",
    }, (
        Pledge("HQ", "Theatre headquarters", "headquarters", 2, {"status": "formal", "source": "M7;M1"}),
        Pledge("BDE", "Brigade headquarters", "brigade headquarters", 4),
        Pledge("STAFF", "Staff of the operational headquarters", "staff", 4, {
            "status": "formal", "notice_days": 0, "gates": (), "said_on": "2026-02-24", "source": "M8",
            "note": "half of 70 people"}),
        Pledge("STAFF-200", "Staff of the operational headquarters", "staff", 12, {
            "disputes": "GBR-STAFF", "gates": (), "said_on": "2026-01-07", "source": "M10",
            "note": "half of about 200 officers"}),
        Pledge("CELL", "Coordination cell Kyiv", "staff", 8, {"source": "M7;M1", "notice_days": 3}),
        Pledge("LIAISON", "Liaison teams", "liaison", 12, {"has": _SPEAKS, "notice_days": 3}),
        Pledge("SIG", "Signals companies", "signals", 5),
        Pledge("LIGHT", "Light infantry battalions", "light battalion", 7, {
            "note": "part of a force of under 7,500 in place"}),
        Pledge("LIGHT-10K", "Light infantry battalions", "light battalion", 11, {
            "disputes": "GBR-LIGHT", "said_on": "2025-04-29", "source": "M22", "note": "up to 10,000 in place"}),
        Pledge("PARA", "Airborne battalions", "airborne battalion", 2, {"source": "M21"}),
        Pledge("WARRIOR", "Armoured infantry battalions", "warrior", 2, {"notice_days": 20}),
        Pledge("TANK", "Tank squadrons", "tank squadron", 4, {"notice_days": 30, "status": "statement"}),
        Pledge("RECCE", "Reconnaissance squadrons", "reconnaissance", 4),
        Pledge("ENG", "Engineer companies", "engineers", 7, {"source": "M12"}),
        Pledge("BUILD", "Construction engineer battalion", "construction", 2, {"source": "M12", "notice_days": 10}),
        Pledge("EOD", "Disposal companies", "disposal", 4),
        Pledge("MP", "Military police companies", "police", 4),
        Pledge("DRONES", "Unmanned aircraft detachments", "drones", 4),
        Pledge("SHORAD", "Air defence batteries, short range", "short-range air defence", 4, {"notice_days": 10}),
        Pledge("LOG", "Support battalions", "supply", 4, {"source": "M12"}),
        Pledge("TPT", "Transport companies", "transport", 4),
        Pledge("HET", "Tank transporter companies", "heavy transport", 3),
        Pledge("FUEL", "Fuel companies", "fuel", 4),
        Pledge("MAINT", "Maintenance companies", "maintenance", 4, {"source": "M12"}),
        Pledge("MOV", "Movement control companies", "movement control", 4),
        Pledge("ROLE2", "Role 2 hospitals", "hospital", 5),
        Pledge("MEDEVAC", "Medical evacuation detachments", "air ambulance", 3),
        Pledge("HELI", "Transport helicopters", "helicopters", 3, {"notice_days": 15}),
        Pledge("FIGHTER", "Fighter detachments", "fighters", 6, {"source": "M59;M11"}),
        Pledge("AEW", "Airborne early warning", "early warning", 1, {"source": "M42", "status": "statement"}),
        Pledge("TANKER", "Tanker aircraft", "tanker", 1, {"status": "statement"}),
        Pledge("MCM", "Minehunters", "minehunter", 3, {"gates": ("commons", "straits"), "source": "M12;N5"}),
        Pledge("DIVERS", "Clearance divers", "divers", 4, {"source": "M12;N5"}),
        Pledge("TRAIN", "Training teams in Ukraine", "trainers", 6, {"notice_days": 15, "has": (*_ALL, "ukrainian")}),
        Pledge("TRAIN-HOME", "Training at home", "trainers", 4, {
            "place_allowed": HOME, "status": "formal", "gates": (), "notice_days": 0, "source": "T5;T6"}),
        Pledge("SPEC", "Specialist instructors", "specialists", 8, {"has": _SPEAKS, "notice_days": 15}),
    )),
    NationOffers("TUR", {
        "place_allowed": NEAR, "status": "formal", "notice_days": 5, "gates": ("montreux",), "has": _ALL,
        "said_on": "2026-05-18", "source": "M20",
    }, (
        Pledge("MCC", "Headquarters of the maritime component", "maritime staff", 4),
        Pledge("COMMAND", "Command ship", "command ship", 2),
        Pledge("MCM", "Minehunters", "minehunter", 10, {"source": "M20;N1"}),
        Pledge("PATROL", "Patrol ships", "patrol ship", 5),
        Pledge("MPA", "Maritime patrol aircraft", "patrol aircraft", 2, {"notice_days": 10}),
        Pledge("SUPPORT", "Mine counter-measures support", "mine support", 4),
        Pledge("HARBOUR", "Harbour protection teams", "harbour", 4, {"place_allowed": IN, "status": "statement"}),
        Pledge("ODESA", "Motorised battalions for Odesa", "motorised battalion", 2, {
            "place_allowed": IN, "status": "pledge", "notice_days": 15, "said_on": "2025-11-25", "source": "M15;M28"}),
        Pledge("STAFF", "Staff officers", "staff", 2, {"status": "pledge", "source": "M28"}),
    )),
    NationOffers("DEU", {
        "place_allowed": NEAR, "status": "statement", "notice_days": 8, "gates": ("bundestag",), "has": _ALL,
        "said_on": "2026-01-06", "source": "M47;M21",
    }, (
        Pledge("PATRIOT", "Patriot batteries", "patriot", 4, {"status": "pledge"}),
        Pledge("LOG", "Support battalion", "supply", 2),
        Pledge("HET", "Tank transporter company", "heavy transport", 2),
        Pledge("MAINT", "Maintenance companies", "maintenance", 3),
        Pledge("ROLE3", "Large hospital", "large hospital", 2, {"notice_days": 15}),
        Pledge("FIGHTER", "Fighter detachments", "fighters", 5, {"source": "M45;M47"}),
        Pledge("TANKER", "Tanker aircraft", "tanker", 1),
        Pledge("MPA", "Maritime patrol aircraft", "patrol aircraft", 1, {"notice_days": 15}),
        Pledge("CONTROL", "Air control teams", "air control", 4),
        Pledge("STAFF", "Staff officers", "staff", 4, {"gates": ()}),
        Pledge("TRAIN-HOME", "Training at home", "trainers", 4, {
            "place_allowed": HOME, "status": "formal", "gates": (), "notice_days": 0, "source": "T8;T9"}),
    )),
    NationOffers("POL", {
        "place_allowed": NEAR, "status": "pledge", "notice_days": 3, "has": _ALL, "said_on": "2026-01-06",
        "source": "M48;M49",
    }, (
        Pledge("LOG", "Support battalions", "supply", 3),
        Pledge("MOV", "Movement control companies", "movement control", 4),
        Pledge("MP", "Military police companies", "police", 2),
        Pledge("MAINT", "Maintenance company", "maintenance", 2),
        Pledge("BASE", "Air base companies", "air base", 4),
        Pledge("HET", "Tank transporter company", "heavy transport", 2),
        Pledge("SIG", "Signals company", "signals", 2),
        Pledge("STAFF", "Staff officers", "staff", 4),
        Pledge("FIGHTER", "Fighter detachments", "fighters", 2, {"status": "statement", "notice_days": 10}),
        Pledge("TRAIN", "Training teams", "trainers", 4, {"source": "M48;T8"}),
    )),
    NationOffers("ROU", {
        "place_allowed": NEAR, "status": "statement", "notice_days": 3, "has": ("english", "nato-interoperable"),
        "said_on": "2026-01-07", "source": "M56;M57",
    }, (
        Pledge("BASE", "Air base companies", "air base", 4),
        Pledge("LOG", "Support battalion", "supply", 1),
        Pledge("MOV", "Movement control company", "movement control", 2),
        Pledge("MCM", "Minehunters", "minehunter", 4, {"status": "pledge", "source": "N1;N3"}),
        Pledge("COMMAND", "Command ships", "command ship", 2, {"source": "N1;N3"}),
        Pledge("PATROL", "Patrol ship", "patrol ship", 2),
        Pledge("TRAIN", "Training teams", "trainers", 3),
        Pledge("PATRIOT", "Patriot battery", "patriot", 1, {"notice_days": 20}),
        Pledge("STAFF", "Staff officers", "staff", 2),
    )),
    NationOffers("ITA", {
        "place_allowed": NEAR, "status": "statement", "notice_days": 15, "gates": ("parlamento",), "has": _ALL,
        "said_on": "2025-09-04", "source": "M58;M16",
    }, (
        Pledge("TRAIN", "Training teams", "trainers", 5),
        Pledge("SPEC", "Specialist instructors", "specialists", 4),
        Pledge("SAMPT", "Air defence battery", "samp-t", 2),
        Pledge("AEW", "Airborne early warning", "early warning", 1),
        Pledge("FIGHTER", "Fighter detachments", "fighters", 2),
        Pledge("WATER", "Water supply teams", "water", 4),
        Pledge("STAFF", "Staff officers", "staff", 3),
    )),
    NationOffers("ESP", {
        "place_allowed": IN, "status": "statement", "notice_days": 15, "gates": ("congreso",), "has": _ALL,
        "said_on": "2026-01-07", "source": "M50;M51", "note": "no number was given",
    }, (
        Pledge("MOTOR", "Motorised battalions", "motorised battalion", 3),
        Pledge("ENG", "Engineer companies", "engineers", 3),
        Pledge("TPT", "Transport companies", "transport", 2),
        Pledge("ROLE2", "Role 2 hospitals", "hospital", 3),
        Pledge("MP", "Civil guards", "police", 3, {"has": (*_ALL, "riot control")}),
        Pledge("FIGHTER", "Fighter detachments", "fighters", 2, {"place_allowed": NEAR, "gates": ("congreso",)}),
        Pledge("PATRIOT", "Patriot battery", "patriot", 1, {"place_allowed": NEAR}),
        Pledge("MCM", "Minehunters", "minehunter", 2, {"gates": ("congreso", "straits"), "place_allowed": NEAR}),
        Pledge("STAFF", "Staff officers", "staff", 2, {"gates": ()}),
    )),
    NationOffers("NLD", {
        "place_allowed": IN, "status": "pledge", "notice_days": 8, "gates": ("tweede-kamer",), "has": _ALL,
        "said_on": "2025-09-04", "source": "M28;M69", "tour_max_months": 4,
    }, (
        Pledge("BOXER", "Mechanised companies", "mechanised company", 8, {"notice_days": 15}),
        Pledge("LIGHT", "Airmobile companies", "light company", 6),
        Pledge("ENG", "Engineer company", "engineers", 3),
        Pledge("ROLE2", "Role 2 hospital", "hospital", 2),
        Pledge("DRONES", "Unmanned aircraft detachment", "drones", 2),
        Pledge("PATRIOT", "Patriot battery", "patriot", 2, {"notice_days": 15}),
        Pledge("MCM", "Minehunters", "minehunter", 2, {"gates": ("tweede-kamer", "straits"), "place_allowed": NEAR}),
        Pledge("MOV", "Movement control company", "movement control", 2),
        Pledge("STAFF", "Staff officers", "staff", 2, {"gates": ()}),
    )),
    NationOffers("BEL", {
        "place_allowed": IN, "status": "statement", "notice_days": 10, "gates": ("us-backing",), "has": _ALL,
        "said_on": "2026-01", "source": "M54",
    }, (
        Pledge("COY", "Infantry companies", "company", 6),
        Pledge("TRAIN", "Land trainers", "trainers", 3),
        Pledge("MCM", "Minehunters", "minehunter", 2, {"gates": ("us-backing", "straits"), "place_allowed": NEAR}),
        Pledge("DIVERS", "Clearance divers", "divers", 2),
        Pledge("FIGHTER", "Fighter detachment", "fighters", 2, {"place_allowed": NEAR, "gates": ("us-air-cover",)}),
        Pledge("TPT", "Transport company", "transport", 2),
        Pledge("STAFF", "Staff officers", "staff", 2, {"gates": ()}),
    )),
    NationOffers("SWE", {
        "place_allowed": IN, "status": "statement", "notice_days": 12, "gates": ("riksdag", "us-guarantees"),
        "has": _ALL, "said_on": "2026-01-07", "source": "M52;M74",
    }, (
        Pledge("GRIPEN", "Gripen detachments", "fighters", 4, {"place_allowed": NEAR}),
        Pledge("CV90", "Mechanised companies", "mechanised company", 5),
        Pledge("DIVERS", "Clearance divers", "divers", 3),
        Pledge("AEW", "Airborne early warning", "early warning", 1, {"place_allowed": NEAR}),
        Pledge("TRAIN", "Training teams", "trainers", 3),
        Pledge("MEDEVAC", "Medical evacuation detachment", "air ambulance", 2),
        Pledge("ENG", "Engineer company", "engineers", 2),
        Pledge("STAFF", "Staff officers", "staff", 2, {"gates": ()}),
    )),
    NationOffers("DNK", {
        "place_allowed": IN, "status": "pledge", "notice_days": 8, "gates": ("folketing",), "has": _ALL,
        "said_on": "2025-09-04", "source": "M28", "tour_max_months": 6,
    }, (
        Pledge("MOTOR", "Motorised battalions", "motorised battalion", 2),
        Pledge("EOD", "Disposal company", "disposal", 2),
        Pledge("LEOPARD", "Tank company, Leopard 2", "leopard", 2, {"notice_days": 30}),
        Pledge("ROLE2", "Role 2 hospital", "hospital", 1),
        Pledge("TRAIN", "Training team", "trainers", 2),
        Pledge("STAFF", "Staff officers", "staff", 2, {"gates": ()}),
    )),
    NationOffers("NOR", {
        "place_allowed": IN, "status": "pledge", "notice_days": 10, "has": _ALL, "said_on": "2025-09-04",
        "source": "M28",
    }, (
        Pledge("COY", "Infantry companies", "company", 4),
        Pledge("CV90", "Mechanised company", "mechanised company", 2),
        Pledge("NASAMS", "Air defence batteries", "short-range air defence", 3, {"has": (*_ALL, "link 16")}),
        Pledge("MEDEVAC", "Medical evacuation detachment", "air ambulance", 2),
        Pledge("DIVERS", "Clearance divers", "divers", 1),
        Pledge("LOG", "Transport company", "transport", 2),
        Pledge("STAFF", "Staff officers", "staff", 2),
    )),
    NationOffers("CAN", {
        "place_allowed": IN, "status": "statement", "notice_days": 15, "gates": ("decision-can",), "has": _ALL,
        "said_on": "2026-01-07", "source": "M44;M55",
    }, (
        Pledge("LIGHT", "Light infantry companies", "light company", 4, {"notice_days": 25}),
        Pledge("TRAIN", "Training teams", "trainers", 5, {"has": _SPEAKS}),
        Pledge("SPEC", "Specialist instructors", "specialists", 5, {"has": _SPEAKS}),
        Pledge("SIG", "Signals company", "signals", 2),
        Pledge("AIRLIFT", "Movement control company", "movement control", 1),
        Pledge("STAFF", "Staff officers", "staff", 2, {"gates": ()}),
    )),
    NationOffers("EST", {
        "place_allowed": IN, "status": "pledge", "notice_days": 8, "gates": ("riigikogu",), "has": _SPEAKS,
        "said_on": "2025-04-30", "source": "M53",
    }, (
        Pledge("COY", "Infantry company", "light company", 4, {"note": "a company of 50 to 250 people in place"}),
        Pledge("COY-250", "Infantry company", "light company", 4, {
            "people": 250, "disputes": "EST-COY", "note": "the upper end of 50 to 250 people"}),
        Pledge("MCM", "Minehunter", "minehunter", 1, {"gates": ("riigikogu", "straits"), "place_allowed": NEAR}),
        Pledge("SPEC", "Instructors", "specialists", 4),
        Pledge("STAFF", "Staff officers", "staff", 2),
    )),
    NationOffers("LVA", {
        "place_allowed": IN, "status": "pledge", "notice_days": 10, "gates": ("saeima",), "has": _ALL,
        "said_on": "2025-09-04", "source": "M28",
    }, (
        Pledge("COY", "Infantry company", "light company", 4),
        Pledge("SPEC", "Drone instructors", "specialists", 4, {"has": _SPEAKS}),
        Pledge("STAFF", "Staff officers", "staff", 1),
    )),
    NationOffers("LTU", {
        "place_allowed": IN, "status": "pledge", "notice_days": 8, "gates": ("seimas",), "has": _ALL,
        "said_on": "2025-09-04", "source": "M28",
    }, (
        Pledge("COY", "Infantry companies", "company", 6),
        Pledge("BOXER", "Mechanised company", "mechanised company", 3),
        Pledge("ENG", "Engineer company", "engineers", 1),
        Pledge("SPEC", "Demining instructors", "specialists", 3, {"has": _SPEAKS}),
        Pledge("STAFF", "Staff officers", "staff", 1),
    )),
    NationOffers("AUS", {
        "place_allowed": IN, "status": "pledge", "notice_days": 25, "has": _ALL, "said_on": "2025-09-04",
        "source": "M28", "tour_max_months": 6,
    }, (
        Pledge("COY", "Infantry company", "light company", 3),
        Pledge("AEW", "Airborne early warning", "early warning", 1, {"place_allowed": NEAR}),
        Pledge("STAFF", "Staff officers", "staff", 2, {"place_allowed": NEAR}),
    )),
    NationOffers("CZE", {
        "place_allowed": NEAR, "status": "statement", "notice_days": 10, "has": ("english", "nato-interoperable"),
        "source": "notional",
    }, (
        Pledge("ROLE3", "Large hospital", "large hospital", 1),
        Pledge("CBRN", "Preventive medicine teams", "preventive medicine", 4, {"place_allowed": IN}),
        Pledge("TRAIN", "Training team", "trainers", 2),
    )),
    NationOffers("FIN", {
        "place_allowed": NEAR, "status": "statement", "notice_days": 15, "gates": ("eduskunta",), "has": _ALL,
        "source": "notional",
    }, (
        Pledge("TRAIN", "Training teams", "trainers", 3),
        Pledge("MCM", "Minehunter", "minehunter", 1, {"gates": ("eduskunta", "straits")}),
        Pledge("STAFF", "Staff officers", "staff", 1),
    )),
    NationOffers("BGR", {
        "place_allowed": NEAR, "status": "statement", "notice_days": 5, "has": ("english", "nato-interoperable"),
        "source": "N1;N3",
    }, (
        Pledge("MCM", "Minehunters", "minehunter", 2),
        Pledge("PATROL", "Patrol ship", "patrol ship", 1),
    )),
    NationOffers("PRT", {**_SAID_NOTHING, "place_allowed": IN, "has": _ALL, "source": "notional"}, (
        Pledge("COY", "Infantry company", "company", 3),
        Pledge("TRAIN", "Training team", "trainers", 1, {"place_allowed": NEAR}),
    )),
    NationOffers("IRL", {
        **_SAID_NOTHING, "place_allowed": IN, "gates": ("un-mandate",), "has": _ALL, "said_on": "2025-03",
        "source": "M75",
    }, (
        Pledge("COY", "Infantry company", "light company", 3),
        Pledge("EOD", "Disposal company", "disposal", 2, {"notice_days": None}),
    )),
    NationOffers("HRV", {**_SAID_NOTHING, "place_allowed": NEAR, "has": ("english",), "source": "notional"}, (
        Pledge("SPEC", "Demining instructors", "specialists", 2),
        Pledge("STAFF", "Staff officers", "staff", 1),
    )),
    NationOffers("LUX", {**_SAID_NOTHING, "place_allowed": IN, "has": _ALL, "source": "notional"}, (
        Pledge("DRONES", "Unmanned aircraft detachment", "drones", 1),
        Pledge("STAFF", "Staff officers", "staff", 1),
    )),
    NationOffers("NZL", {**_SAID_NOTHING, "place_allowed": IN, "has": _ALL, "source": "notional"}, (
        Pledge("TRAIN", "Training team", "trainers", 1),
        Pledge("STAFF", "Staff officers", "staff", 1),
    )),
)  # fmt: skip
"""Offers that hold in every case."""

_MORE: Final = {"status": "statement", "place_allowed": IN, "has": _ALL, "notice_days": 30, "source": "notional"}
LATER: Final = (
    ("high;stress", (
        NationOffers("FRA", _MORE, (
            Pledge("WHEELED-HIGH", "Infantry battalions, second wave", "wheeled battalion", 6),
            Pledge("VBCI-HIGH", "Mechanised battalions, second wave", "vbci", 3),
            Pledge("LOG-HIGH", "Support battalions, second wave", "supply", 2),
            Pledge("FIGHTER-HIGH", "Fighter detachments, second wave", "fighters", 8, {"place_allowed": NEAR}),
        )),
        NationOffers("GBR", {**_MORE, "gates": ("commons",)}, (
            Pledge("LIGHT-HIGH", "Light infantry battalions, second wave", "light battalion", 5),
            Pledge("WARRIOR-HIGH", "Armoured infantry battalions, second wave", "warrior", 2),
            Pledge("LOG-HIGH", "Support battalions, second wave", "supply", 3),
            Pledge("FIGHTER-HIGH", "Fighter detachments, second wave", "fighters", 8, {"place_allowed": NEAR}),
        )),
        NationOffers("ESP", {**_MORE, "gates": ("congreso",)}, (
            Pledge("MOTOR-HIGH", "Motorised battalions, second wave", "motorised battalion", 4),
            Pledge("LOG-HIGH", "Support battalion, second wave", "supply", 2),
        )),
        NationOffers("NLD", {**_MORE, "gates": ("tweede-kamer",)}, (
            Pledge("BOXER-HIGH", "Mechanised battalion, second wave", "boxer", 2),
        )),
        NationOffers("CAN", {**_MORE, "gates": ("decision-can",)}, (
            Pledge("LIGHT-HIGH", "Light infantry battalion, second wave", "light battalion", 2),
        )),
        NationOffers("PRT", _MORE, (Pledge("MOTOR-HIGH", "Motorised battalion", "motorised battalion", 1),)),
        NationOffers("SVN", {**_MORE, "place_allowed": NEAR}, (Pledge("TRAIN", "Training team", "trainers", 2),)),
        NationOffers("ITA", {**_MORE, "place_allowed": NEAR, "gates": ("parlamento",)}, (
            Pledge("FIGHTER-HIGH", "Fighter detachments, second wave", "fighters", 6),
        )),
        NationOffers("DEU", {**_MORE, "place_allowed": NEAR, "gates": ("bundestag",)}, (
            Pledge("FIGHTER-HIGH", "Fighter detachments, second wave", "fighters", 8),
            Pledge("PATRIOT-HIGH", "Patriot batteries, second wave", "patriot", 3),
        )),
    )),
    ("stress", (
        NationOffers("FRA", _MORE, (
            Pledge("WHEELED-STRESS", "Infantry battalions, third wave", "wheeled battalion", 8),
            Pledge("LIGHT-STRESS", "Light infantry battalions, third wave", "light battalion", 6),
        )),
        NationOffers("GBR", {**_MORE, "gates": ("commons",)}, (
            Pledge("LIGHT-STRESS", "Light infantry battalions, third wave", "light battalion", 8),
        )),
        NationOffers("ESP", {**_MORE, "gates": ("congreso",)}, (
            Pledge("MOTOR-STRESS", "Motorised battalions, third wave", "motorised battalion", 5),
        )),
        NationOffers("CZE", _MORE, (Pledge("MOTOR", "Motorised battalions", "motorised battalion", 4),)),
        NationOffers("FIN", {**_MORE, "gates": ("eduskunta",)}, (
            Pledge("MOTOR", "Motorised battalions", "motorised battalion", 4),
        )),
        NationOffers("SWE", {**_MORE, "gates": ("riksdag", "us-guarantees")}, (
            Pledge("CV90-STRESS", "Mechanised companies, second wave", "mechanised company", 8),
        )),
        NationOffers("HRV", {**_MORE, "place_allowed": NEAR}, (
            Pledge("TRAIN", "Training team", "trainers", 1),
        )),
    )),
)  # fmt: skip
"""Offers that hold in the larger cases only; notional."""


def add_offers(tables: ScenarioTables) -> None:
    """Add the offers of every case."""
    turn: Counter[str] = Counter()
    for cases, nations in (("", OFFERS), *LATER):
        for part in nations:
            tables.add("offers", *_rows(part, cases, turn))


def _rows(part: NationOffers, cases: str, turn: Counter[str]) -> Iterable[Row]:
    homes = [place for row in CONTRIBUTIONS if row.nation == part.nation for place in row.garrisons]
    for pledge in part.pledges:
        kind = KINDS[pledge.kind]
        row = {**part.usual, **pledge.more}
        home = homes[turn[part.nation] % len(homes)]
        turn[part.nation] += 1
        yield {
            "offer_id": f"{part.nation}-{pledge.key}", "nation": part.nation, "name": pledge.name,
            "capability": kind.capability, "size": kind.size, "quantity": pledge.units,
            "in_place_max": -(-pledge.units // UNITS_FOR_ONE) if pledge.units > 1 else None,
            "unit_type": kind.unit_type, "home": home, "label": "notional", **row,
            "has": tuple(dict.fromkeys((*_words(row), *kind.has))), "cases": tuple(filter(None, cases.split(";"))),
        }  # fmt: skip


def _words(row: Mapping[str, object]) -> tuple[str, ...]:
    has = row.get("has", ())
    assert isinstance(has, tuple)
    return has


def people_of(kind: OfferKind) -> int:
    """People of a unit."""
    own = {str(row["unit_type_id"]): row["people"] for row in OWN_UNITS}
    people = own[kind.unit_type] if kind.unit_type in own else load_unit_types()[kind.unit_type].people
    assert isinstance(people, int)
    return people
