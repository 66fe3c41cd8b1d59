"""The statement of requirements of ``mnf-u``: what the notional force needs where, from when until when, in each case.

A row names a kind of unit, a place, its days after D-day and how many units each case needs. Phases follow the notional
ones of the mission facts: P1 enabling, P2 initial entry, P3 build-up, P4 steady state and training. Everything is
notional but the totals of people, which are anchored in the sources of the table of cases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tools.scenario_mnf_u_force import CASES
from tools.scenario_tables import Row, ScenarioTables


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked for, whoever brings it."""

    component: str
    capability: str
    size: str
    people: int
    unit_type: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the statement of requirements.

    Attributes
    ----------
    days
        First day after D-day, and the day on which the need ends; None is not within the plan.
    units
        Units by case, in the order of the cases; 0 is no line.
    more
        Other columns.
    """

    name: str
    kind: str
    place: str
    phase: str
    days: tuple[int, int | None]
    criticality: int
    task: str
    units: tuple[int, int, int, int]
    more: Row = field(default_factory=dict)


KINDS: Final = {
    "infantry": Kind("land", "infantry", "battalion", 560),
    "infantry company": Kind("land", "infantry", "company", 140),
    "mechanised": Kind("land", "mechanised", "battalion", 680),
    "mechanised company": Kind("land", "mechanised", "company", 160),
    "tanks": Kind("land", "armour", "company", 110),
    "reconnaissance": Kind("land", "reconnaissance", "company", 140),
    "artillery": Kind("land", "artillery", "company", 105),
    "engineers": Kind("land", "engineer", "company", 120),
    "construction": Kind("land", "construction engineer", "battalion", 480),
    "bridging": Kind("land", "bridging", "company", 150, "eng-coy-bridge"),
    "disposal": Kind("land", "eod", "company", 110),
    "police": Kind("land", "mp", "company", 140),
    "signals": Kind("land", "signals", "company", 110),
    "drones": Kind("land", "unmanned aircraft", "team", 60),
    "cbrn": Kind("land", "cbrn defence", "company", 120),
    "headquarters": Kind("headquarters", "theatre headquarters", "headquarters", 420),
    "brigade headquarters": Kind("headquarters", "brigade headquarters", "headquarters", 290),
    "staff": Kind("headquarters", "headquarters staff", "team", 35),
    "liaison": Kind("headquarters", "liaison", "team", 10),
    "long-range air defence": Kind("air", "long-range air defence", "company", 110),
    "short-range air defence": Kind("air", "short-range air defence", "company", 100),
    "fighters": Kind("air", "air policing", "squadron", 90),
    "early warning": Kind("air", "airborne early warning", "squadron", 40),
    "tanker": Kind("air", "air refuelling", "squadron", 30),
    "patrol aircraft": Kind("air", "maritime patrol aircraft", "squadron", 50),
    "air control": Kind("air", "air control", "team", 45),
    "air base": Kind("air", "air base", "company", 190),
    "helicopters": Kind("air", "transport helicopter", "squadron", 110),
    "minehunter": Kind("sea", "mine counter-measures", "ship", 45),
    "patrol ship": Kind("sea", "sea patrol", "ship", 80),
    "command ship": Kind("sea", "sea command", "ship", 110),
    "maritime staff": Kind("headquarters", "maritime headquarters", "headquarters", 60),
    "divers": Kind("sea", "clearance diving", "team", 25),
    "mine support": Kind("sea", "mcm support", "team", 120),
    "harbour": Kind("sea", "harbour protection", "team", 40),
    "supply": Kind("logistic", "logistics", "battalion", 560),
    "transport": Kind("logistic", "transport", "company", 160),
    "heavy transport": Kind("logistic", "heavy transport", "company", 140),
    "fuel": Kind("logistic", "fuel", "company", 120),
    "maintenance": Kind("logistic", "maintenance", "company", 170),
    "movement control": Kind("logistic", "movement control", "company", 130),
    "water": Kind("logistic", "water supply", "team", 30),
    "hospital": Kind("medical", "role 2 hospital", "company", 110),
    "large hospital": Kind("medical", "role 3 hospital", "company", 200),
    "air ambulance": Kind("medical", "medical evacuation", "squadron", 70),
    "preventive medicine": Kind("medical", "preventive medicine", "team", 12),
    "trainers": Kind("training", "training team", "team", 150),
    "specialists": Kind("training", "specialist instruction", "team", 40),
}

_ENGLISH: Final = {"must_have": ("english",)}
_FIRST: Final = {"notice_max_d": 10, "must_have": ("english",)}
_NIGHT: Final = {"must_have": ("english", "night")}
_JOINT: Final = {"must_have": ("english", "nato-interoperable")}
_GUARD: Final = {"tolerates": ("riot control", "time")}
_PAIR: Final = {"max_nations": 2, "must_have": ("english",)}
_LINK: Final = {"must_have": ("english", "nato-interoperable", "link 16")}

LINES: Final = (
    # headquarters
    Line("Theatre headquarters, advance party", "staff", "UA-KYIV", "P1", (3, 40), 1, "command", (1, 2, 2, 3), _FIRST),
    Line("Coordination headquarters Kyiv", "headquarters", "UA-KYIV", "P1", (10, None), 1, "command", (0, 1, 1, 1),
         {**_JOINT, "max_nations": 3}),
    Line("Coordination cell Kyiv", "staff", "UA-KYIV", "P1", (10, None), 1, "command", (2, 2, 3, 4), _JOINT),
    Line("Operational headquarters, staff", "staff", "FR-MONT-VALERIEN", "P1", (0, None), 1, "command", (2, 5, 7, 10),
         _ENGLISH),
    Line("Brigade headquarters west", "brigade headquarters", "UA-LVIV", "P2", (12, None), 1, "command", (1, 1, 1, 2),
         {**_JOINT, "framework": "GBR", "max_nations": 3}),
    Line("Brigade headquarters centre", "brigade headquarters", "UA-ZHYTOMYR-TA", "P2", (15, None), 1, "command",
         (1, 1, 1, 2), {**_JOINT, "framework": "FRA", "max_nations": 3}),
    Line("Brigade headquarters south", "brigade headquarters", "UA-ODESA", "P3", (40, None), 2, "command", (0, 0, 1, 2),
         _JOINT),
    Line("Headquarters of the maritime component", "maritime staff", "TR-GEBZE", "P1", (5, None), 1, "command",
         (1, 1, 1, 1), _ENGLISH),
    Line("Liaison with the General Staff", "liaison", "UA-KYIV", "P1", (3, None), 1, "liaison", (2, 3, 3, 4),
         {"must_have": ("english", "ukrainian")}),
    Line("Liaison with regional commands", "liaison", "UA-VINNYTSIA", "P2", (20, None), 3, "liaison", (2, 4, 5, 8),
         {"must_have": ("english", "ukrainian")}),
    Line("Liaison with the monitors", "liaison", "UA-KYIV", "P2", (15, None), 2, "liaison", (1, 2, 2, 3), _ENGLISH),
    Line("Joint logistic headquarters", "staff", "PLRZE", "P1", (3, None), 1, "command", (1, 2, 2, 3), _ENGLISH),
    Line("Air component, staff", "staff", "PL-POWIDZ", "P1", (5, None), 2, "command", (1, 2, 2, 3), _JOINT),
    # signals, police, intelligence from own aircraft
    Line("Signals Kyiv", "signals", "UA-KYIV", "P1", (5, None), 1, "communications", (1, 1, 1, 2), _JOINT),
    Line("Signals west", "signals", "UA-LVIV", "P1", (5, None), 1, "communications", (1, 1, 1, 2), _JOINT),
    Line("Signals centre", "signals", "UA-ZHYTOMYR-TA", "P2", (15, None), 2, "communications", (0, 1, 1, 2), _JOINT),
    Line("Signals rear base", "signals", "PLRZE", "P1", (3, 90), 2, "communications", (0, 1, 1, 1), _JOINT),
    Line("Military police west", "police", "UA-LVIV", "P1", (5, None), 2, "traffic control", (1, 1, 1, 2), _ENGLISH),
    Line("Military police Kyiv", "police", "UA-KYIV", "P2", (12, None), 2, "traffic control", (1, 1, 1, 2), _ENGLISH),
    Line("Traffic control on the entry routes", "police", "UA-RIVNE", "P1", (5, 60), 2, "traffic control", (0, 1, 1, 2),
         _FIRST),
    Line("Crowd control reserve Kyiv", "police", "UA-KYIV", "P3", (40, None), 4, "crowd control", (0, 1, 1, 2),
         {"must_have": ("english", "riot control")}),
    Line("Unmanned aircraft west", "drones", "UA-LVIV", "P2", (12, None), 3, "watching the hubs", (0, 1, 1, 2), _NIGHT),
    Line("Unmanned aircraft centre", "drones", "UA-ZHYTOMYR-TA", "P2", (15, None), 2, "watching the hubs", (1, 1, 1, 2),
         _NIGHT),
    Line("Unmanned aircraft south", "drones", "UA-ODESA", "P2", (20, None), 2, "watching the hubs", (1, 1, 1, 2),
         _NIGHT),
    # infantry
    Line("Entry force Lviv", "infantry", "UA-LVIV", "P1", (5, 90), 1, "hub guard", (1, 1, 1, 2), _FIRST),
    Line("Hub guard Lviv", "infantry", "UA-LVIV", "P2", (20, None), 2, "hub guard", (1, 1, 1, 2), {**_GUARD, **_PAIR}),
    Line("Hub guard Kyiv", "infantry", "UA-KYIV", "P2", (12, None), 1, "hub guard", (1, 1, 1, 2), {**_PAIR, **_NIGHT}),
    Line("Hub guard Vasylkiv", "infantry company", "UA-VASYLKIV", "P2", (20, None), 2, "hub guard", (2, 2, 3, 6),
         {**_GUARD, **_ENGLISH}),
    Line("Hub guard Bila Tserkva", "infantry company", "UA-BILA-TSERKVA", "P2", (24, None), 3, "hub guard",
         (1, 1, 2, 5), {**_GUARD, **_ENGLISH}),
    Line("Hub guard Odesa", "infantry", "UA-ODESA", "P2", (20, None), 1, "hub guard", (1, 1, 1, 2),
         {**_PAIR, "must_have": ("english", "night", "nato-interoperable")}),
    Line("Hub guard Berezivka", "infantry company", "UA-BEREZIVKA", "P3", (32, None), 3, "hub guard", (1, 1, 2, 5),
         _ENGLISH),
    Line("Hub guard Khmelnytskyi", "infantry company", "UA-KHMELNYTSKYI", "P2", (20, None), 2, "hub guard",
         (2, 2, 3, 6), {**_GUARD, **_PAIR}),
    Line("Hub guard Starokostiantyniv", "infantry company", "UA-STAROKOSTIANTYNIV", "P2", (24, None), 2, "hub guard",
         (1, 2, 3, 6), {**_GUARD, **_NIGHT}),
    Line("Hub guard Vinnytsia", "infantry company", "UA-VINNYTSIA", "P2", (24, None), 2, "hub guard",
         (2, 2, 3, 6), {**_GUARD, **_PAIR}),
    Line("Hub guard Ternopil", "infantry company", "UA-TERNOPIL", "P2", (24, None), 3, "hub guard", (1, 1, 2, 5),
         {**_GUARD, **_ENGLISH}),
    Line("Nordic and Baltic battalion", "infantry", "UA-RIVNE", "P3", (32, None), 2, "hub guard", (0, 1, 1, 2),
         {**_GUARD, "framework": "DNK", "max_nations": 4, "must_have": ("english", "nato-interoperable")}),
    Line("Hub guard Lutsk", "infantry company", "UA-LUTSK", "P3", (32, None), 3, "hub guard", (1, 2, 2, 4),
         {**_GUARD, "framework": "LTU", "max_nations": 3}),
    Line("Guard of the training area Yavoriv", "infantry company", "UA-YAVORIV-TA", "P2", (24, None), 3, "hub guard",
         (1, 1, 1, 2), _GUARD),
    Line("Guard of the depot Uman", "infantry company", "UA-UMAN", "P3", (45, None), 4, "hub guard", (0, 1, 3, 7),
         _NIGHT),
    Line("Harbour guard Mykolaiv", "infantry company", "UA-MYKOLAIV", "P3", (60, None), 3, "harbour guard",
         (0, 1, 1, 3), _NIGHT),
    Line("Convoy escort west", "infantry company", "UA-LVIV", "P2", (12, None), 2, "escort", (1, 1, 2, 4), _NIGHT),
    Line("Convoy escort centre", "infantry company", "UA-ZHYTOMYR-TA", "P2", (15, None), 2, "escort", (1, 1, 1, 3),
         _NIGHT),
    Line("Patrols round Kyiv", "infantry company", "UA-KYIV", "P3", (32, None), 3, "night patrol", (1, 1, 1, 3),
         _NIGHT),
    Line("Patrols round Odesa", "infantry company", "UA-ODESA", "P3", (32, None), 3, "night patrol", (1, 1, 1, 3),
         _NIGHT),
    Line("Airborne reserve", "infantry", "UA-ZHYTOMYR-TA", "P2", (20, None), 2, "reserve", (0, 1, 1, 2),
         {"unit_type": "inf-bn-airborne", "notice_max_d": 10, **_NIGHT}),
    Line("Nuclear plant guard Khmelnytskyi", "infantry company", "UA-SHEPETIVKA", "P3", (60, None), 2, "site guard",
         (0, 1, 1, 2), _JOINT),
    Line("Second brigade, infantry", "infantry", "UA-ZHYTOMYR-TA", "P4", (95, None), 3, "reserve", (0, 0, 1, 8),
         _ENGLISH),
    Line("Third brigade, infantry", "infantry", "UA-KROPYVNYTSKYI", "P4", (120, None), 4, "hub guard", (0, 0, 1, 7),
         _ENGLISH),
    # mechanised, tanks, reconnaissance, artillery
    Line("Mechanised reserve centre", "mechanised", "UA-ZHYTOMYR-TA", "P3", (32, None), 2, "reserve", (1, 1, 1, 4),
         {**_JOINT, "max_nations": 2}),
    Line("Mechanised reserve west", "mechanised", "UA-YAVORIV-TA", "P3", (32, None), 3, "reserve", (0, 0, 1, 2),
         {**_JOINT, "max_nations": 2}),
    Line("Mechanised companies north", "mechanised company", "UA-RIVNE", "P3", (45, None), 3, "hub guard", (0, 2, 3, 6),
         {**_JOINT, "framework": "NLD", "max_nations": 3}),
    Line("Mechanised reserve south", "mechanised", "UA-ODESA", "P3", (60, None), 3, "reserve", (0, 0, 1, 1), _JOINT),
    Line("Tanks of the reserve", "tanks", "UA-ZHYTOMYR-TA", "P4", (90, None), 4, "reserve", (0, 1, 3, 8),
         {"notice_max_d": 15, **_JOINT}),
    Line("Tanks, Leopard", "tanks", "UA-YAVORIV-TA", "P4", (95, None), 4, "reserve", (0, 1, 2, 5),
         {"unit_type": "tank-coy-leopard"}),
    Line("Reconnaissance west", "reconnaissance", "UA-LVIV", "P2", (15, None), 3, "patrol", (1, 1, 1, 2), _NIGHT),
    Line("Reconnaissance centre", "reconnaissance", "UA-ZHYTOMYR-TA", "P2", (15, None), 2, "patrol", (1, 1, 1, 3),
         _NIGHT),
    Line("Reconnaissance south", "reconnaissance", "UA-ODESA", "P3", (32, None), 3, "patrol", (0, 0, 1, 1), _NIGHT),
    Line("Artillery of the reserve", "artillery", "UA-ZHYTOMYR-TA", "P3", (45, None), 4, "reserve", (0, 1, 2, 5),
         _JOINT),
    Line("Artillery west", "artillery", "UA-YAVORIV-TA", "P3", (60, None), 5, "reserve", (0, 0, 1, 3), _JOINT),
    # engineers
    Line("Engineers Lviv", "engineers", "UA-LVIV", "P1", (5, None), 1, "construction", (1, 1, 1, 2), _FIRST),
    Line("Engineers Zhytomyr", "engineers", "UA-ZHYTOMYR-TA", "P1", (8, None), 2, "construction", (1, 1, 2, 3)),
    Line("Engineers Odesa", "engineers", "UA-ODESA", "P2", (15, None), 2, "construction", (1, 1, 1, 2)),
    Line("Engineers Khmelnytskyi", "engineers", "UA-KHMELNYTSKYI", "P2", (20, None), 3, "construction", (1, 1, 1, 2)),
    Line("Engineers Vinnytsia", "engineers", "UA-VINNYTSIA", "P2", (20, 180), 3, "construction", (0, 1, 1, 2)),
    Line("Camp construction", "construction", "UA-ZHYTOMYR-TA", "P2", (12, 270), 2, "construction", (0, 1, 1, 2)),
    Line("Camp construction south", "construction", "UA-ODESA", "P3", (45, 365), 4, "construction", (0, 0, 1, 1)),
    Line("Bridging on the entry routes", "bridging", "UA-RIVNE", "P1", (8, 120), 3, "construction", (0, 1, 1, 2)),
    Line("Clearance of routes west", "disposal", "UA-LVIV", "P1", (5, None), 1, "route clearance", (1, 1, 1, 2),
         _FIRST),
    Line("Clearance of sites centre", "disposal", "UA-ZHYTOMYR-TA", "P1", (8, None), 1, "route clearance", (1, 1, 1, 2),
         _ENGLISH),
    Line("Clearance of sites south", "disposal", "UA-ODESA", "P2", (15, None), 2, "route clearance", (0, 1, 1, 2),
         _ENGLISH),
    Line("CBRN defence", "cbrn", "UA-KYIV", "P3", (45, None), 4, "site guard", (0, 1, 1, 2)),
    # air
    Line("Air policing north", "fighters", "PL-POWIDZ", "P2", (10, None), 1, "air policing", (2, 3, 10, 10), _LINK),
    Line("Air policing south", "fighters", "RO-MIHAIL-KOGALNICEANU", "P2", (10, None), 1, "air policing",
         (2, 3, 10, 10), _LINK),
    Line("Airborne early warning", "early warning", "PL-POWIDZ", "P2", (10, None), 1, "air picture", (1, 2, 3, 3),
         _LINK),
    Line("Air refuelling", "tanker", "PL-POWIDZ", "P2", (15, None), 2, "air policing", (0, 1, 4, 4), _ENGLISH),
    Line("Air control Ukraine", "air control", "UA-STAROKOSTIANTYNIV", "P2", (20, None), 2, "air picture", (0, 1, 1, 2),
         {"must_have": ("english", "link 16", "ukrainian")}),
    Line("Air control Poland", "air control", "PLRZE", "P2", (10, None), 2, "air picture", (0, 1, 1, 2), _LINK),
    Line("Air defence Kyiv", "long-range air defence", "UA-KYIV", "P3", (32, None), 1, "air defence", (1, 1, 2, 3),
         _LINK),
    Line("Air defence Odesa", "long-range air defence", "UA-ODESA", "P3", (45, None), 2, "air defence", (0, 1, 1, 2),
         _LINK),
    Line("Air defence of the rear base", "long-range air defence", "PLRZE", "P2", (20, None), 1, "air defence",
         (1, 1, 1, 2), _LINK),
    Line("Air defence of the southern base", "long-range air defence", "RO-MIHAIL-KOGALNICEANU", "P3", (45, None), 3,
         "air defence", (0, 1, 1, 1), _LINK),
    Line("Short-range air defence Lviv", "short-range air defence", "UA-LVIV", "P2", (20, None), 2, "air defence",
         (1, 1, 2, 4), _JOINT),
    Line("Short-range air defence Zhytomyr", "short-range air defence", "UA-ZHYTOMYR-TA", "P2", (24, None), 2,
         "air defence", (0, 0, 1, 3), _JOINT),
    Line("Short-range air defence Odesa", "short-range air defence", "UA-ODESA", "P3", (32, None), 3, "air defence",
         (0, 1, 1, 2), _JOINT),
    Line("Air base Powidz", "air base", "PL-POWIDZ", "P1", (8, None), 2, "air base", (0, 1, 1, 1), _ENGLISH),
    Line("Air base Câmpia Turzii", "air base", "RO-CAMPIA-TURZII", "P2", (15, None), 3, "air base", (0, 1, 1, 1)),
    Line("Airfield Lviv", "air base", "UA-LVIV", "P2", (12, None), 2, "air base", (0, 1, 1, 2), _ENGLISH),
    Line("Helicopters west", "helicopters", "UA-LVIV", "P3", (32, None), 3, "air transport", (0, 1, 1, 2), _NIGHT),
    Line("Helicopters Kyiv", "helicopters", "UA-VASYLKIV", "P3", (45, None), 3, "air transport", (0, 1, 1, 2), _NIGHT),
    # sea
    Line("Mine clearance, northern approaches", "minehunter", "RO-CONSTANTA", "P1", (5, None), 1, "mine clearance",
         (2, 3, 4, 4), _ENGLISH),
    Line("Mine clearance, corridor to Odesa", "minehunter", "RO-CONSTANTA", "P2", (30, None), 2, "mine clearance",
         (2, 3, 4, 4), _ENGLISH),
    Line("Command ship of the mine clearance", "command ship", "RO-CONSTANTA", "P1", (5, None), 2, "mine clearance",
         (1, 1, 1, 1)),
    Line("Patrol of the corridor", "patrol ship", "RO-CONSTANTA", "P2", (15, None), 2, "sea patrol", (0, 2, 2, 2)),
    Line("Maritime patrol aircraft", "patrol aircraft", "RO-MIHAIL-KOGALNICEANU", "P2", (15, None), 3, "sea patrol",
         (0, 1, 2, 2), _LINK),
    Line("Clearance divers Odesa", "divers", "UA-ODESA", "P2", (15, None), 1, "mine clearance", (1, 2, 3, 4)),
    Line("Clearance divers, Danube mouth", "divers", "UA-BILHOROD-DNISTROVSKYI", "P3", (40, None), 3, "mine clearance",
         (0, 1, 2, 2)),
    Line("Mine counter-measures support Constanța", "mine support", "RO-CONSTANTA", "P1", (8, None), 2, "sea support",
         (1, 1, 1, 1)),
    Line("Mine counter-measures support Odesa", "mine support", "UA-ODESA", "P3", (32, None), 3, "sea support",
         (0, 0, 1, 1)),
    Line("Harbour protection Odesa", "harbour", "UA-ODESA", "P2", (20, None), 2, "harbour guard", (1, 2, 2, 3), _NIGHT),
    Line("Harbour protection Mykolaiv", "harbour", "UA-MYKOLAIV", "P3", (60, None), 3, "harbour guard", (0, 1, 2, 2),
         _NIGHT),
    # logistic
    Line("Port and movement control Rzeszów", "movement control", "PLRZE", "P1", (3, None), 1, "movement control",
         (1, 1, 1, 2), _FIRST),
    Line("Movement control Constanța", "movement control", "RO-CONSTANTA", "P1", (5, 120), 2, "movement control",
         (0, 1, 1, 1), _ENGLISH),
    Line("Movement control Lviv", "movement control", "UA-LVIV", "P1", (5, None), 1, "movement control", (1, 1, 1, 2),
         _ENGLISH),
    Line("Movement control Odesa", "movement control", "UA-ODESA", "P2", (15, None), 2, "movement control",
         (0, 1, 1, 2), _ENGLISH),
    Line("Theatre support west", "supply", "UA-LVIV", "P2", (12, None), 1, "supply", (1, 1, 1, 2), _ENGLISH),
    Line("Theatre support centre", "supply", "UA-VINNYTSIA", "P2", (16, None), 2, "supply", (1, 1, 1, 2), _ENGLISH),
    Line("Theatre support Kyiv", "supply", "UA-BILA-TSERKVA", "P3", (32, None), 2, "supply", (0, 0, 1, 1), _ENGLISH),
    Line("Theatre support, neighbours", "supply", "PLRZE", "P1", (5, None), 1, "supply", (0, 1, 1, 2), _ENGLISH),
    Line("Transport west", "transport", "UA-LVIV", "P1", (5, None), 1, "convoy", (1, 1, 1, 2), _FIRST),
    Line("Transport centre", "transport", "UA-ZHYTOMYR-TA", "P2", (12, None), 2, "convoy", (1, 1, 1, 2)),
    Line("Transport south", "transport", "UA-ODESA", "P2", (20, None), 3, "convoy", (0, 0, 1, 1)),
    Line("Tank transporters", "heavy transport", "PLRZE", "P1", (5, 180), 2, "convoy", (0, 1, 1, 2), _FIRST),
    Line("Tank transporters Ukraine", "heavy transport", "UA-LVIV", "P3", (32, None), 4, "convoy", (0, 1, 1, 2)),
    Line("Fuel west", "fuel", "UA-LVIV", "P2", (12, None), 1, "supply", (1, 1, 1, 2)),
    Line("Fuel centre", "fuel", "UA-ZHYTOMYR-TA", "P3", (32, None), 3, "supply", (0, 1, 1, 2)),
    Line("Maintenance west", "maintenance", "UA-YAVORIV-TA", "P2", (20, None), 2, "maintenance", (1, 1, 1, 2)),
    Line("Maintenance centre", "maintenance", "UA-ZHYTOMYR-TA", "P3", (32, None), 3, "maintenance", (0, 0, 1, 1)),
    Line("Maintenance rear base", "maintenance", "PLRZE", "P2", (15, None), 3, "maintenance", (1, 1, 1, 2)),
    Line("Water supply", "water", "UA-ODESA", "P2", (20, None), 4, "supply", (0, 2, 2, 3)),
    # medical
    Line("Role 2 hospital Lviv", "hospital", "UA-LVIV", "P1", (5, None), 1, "medical care", (1, 1, 1, 2), _FIRST),
    Line("Role 2 hospital Kyiv", "hospital", "UA-KYIV", "P1", (8, None), 1, "medical care", (1, 1, 1, 2), _ENGLISH),
    Line("Role 2 hospital Odesa", "hospital", "UA-ODESA", "P2", (15, None), 1, "medical care", (1, 1, 1, 2), _ENGLISH),
    Line("Role 2 hospital Khmelnytskyi", "hospital", "UA-KHMELNYTSKYI", "P2", (20, None), 2, "medical care",
         (0, 1, 1, 2), _ENGLISH),
    Line("Role 3 hospital Rzeszów", "large hospital", "PLRZE", "P2", (15, None), 2, "medical care", (0, 1, 1, 1),
         _ENGLISH),
    Line("Air ambulance west", "air ambulance", "UA-LVIV", "P2", (12, None), 1, "medical evacuation", (1, 1, 1, 2),
         _NIGHT),
    Line("Air ambulance centre", "air ambulance", "UA-VASYLKIV", "P2", (15, None), 1, "medical evacuation",
         (0, 1, 1, 2), _NIGHT),
    Line("Air ambulance south", "air ambulance", "UA-ODESA", "P3", (32, None), 2, "medical evacuation", (0, 1, 1, 2),
         _NIGHT),
    Line("Preventive medicine", "preventive medicine", "UA-LVIV", "P2", (20, None), 4, "medical care", (1, 2, 2, 3)),
    # training
    Line("Training Yavoriv", "trainers", "UA-YAVORIV-TA", "P3", (40, None), 2, "training", (1, 2, 3, 4),
         {"tolerates": ("night", "riot control", "time")}),
    Line("Training Zhytomyr", "trainers", "UA-ZHYTOMYR-TA", "P3", (45, None), 3, "training", (1, 1, 1, 3),
         {"tolerates": ("night", "riot control", "time")}),
    Line("Training Desna", "trainers", "UA-DESNA", "P4", (95, None), 3, "training", (0, 1, 1, 2), _ENGLISH),
    Line("Training Cincu", "trainers", "RO-CINCU", "P3", (32, None), 3, "training", (1, 1, 1, 2)),
    Line("Training Żagań", "trainers", "PL-ZAGAN", "P3", (32, None), 3, "training", (1, 1, 1, 2)),
    Line("Training in the United Kingdom", "trainers", "GB-BULFORD", "P1", (0, None), 3, "training", (1, 1, 1, 1)),
    Line("Training in Germany", "trainers", "DE-BEELITZ", "P1", (0, None), 4, "training", (0, 1, 1, 1)),
    Line("Instruction, mines and ordnance", "specialists", "UA-YAVORIV-TA", "P3", (32, None), 2, "training",
         (1, 2, 2, 3), {"must_have": ("english", "ukrainian")}),
    Line("Instruction, combat medics", "specialists", "UA-YAVORIV-TA", "P3", (40, None), 3, "training", (1, 2, 2, 3),
         _ENGLISH),
    Line("Instruction, leaders and staff", "specialists", "UA-KYIV", "P3", (60, None), 3, "training", (1, 2, 2, 3),
         _JOINT),
    Line("Instruction, divers and mine clearance", "specialists", "UA-ODESA", "P4", (95, None), 4, "training",
         (0, 1, 1, 2), _ENGLISH),
    Line("Advisers at schools", "specialists", "UA-DESNA", "P4", (120, None), 4, "advising", (0, 1, 1, 3),
         {"must_have": ("english", "ukrainian")}),
    # only in the larger cases
    Line("Reserve of the commander", "infantry", "UA-VINNYTSIA", "P4", (95, None), 3, "reserve", (0, 0, 1, 3), _NIGHT),
    Line("Hub guard Cherkasy", "infantry", "UA-CHERKASY", "P4", (95, None), 4, "hub guard", (0, 0, 1, 3), _GUARD),
    Line("Hub guard Kropyvnytskyi", "infantry", "UA-KROPYVNYTSKYI", "P4", (95, None), 4, "hub guard", (0, 0, 1, 3),
         _GUARD),
    Line("Hub guard Chernivtsi", "infantry company", "UA-CHERNIVTSI", "P3", (60, None), 5, "hub guard", (0, 0, 1, 4),
         _GUARD),
    Line("Hub guard Ivano-Frankivsk", "infantry company", "UA-IVANO-FRANKIVSK", "P3", (60, None), 5, "hub guard",
         (0, 0, 1, 4), _GUARD),
    Line("Hub guard Mukachevo", "infantry company", "UA-MUKACHEVO", "P3", (60, None), 5, "hub guard", (0, 0, 1, 4),
         _GUARD),
    Line("Theatre support south", "supply", "UA-VOZNESENSK", "P3", (60, None), 3, "supply", (0, 0, 1, 1), _ENGLISH),
)  # fmt: skip


def add_requirements(tables: ScenarioTables) -> None:
    """Add the statement of requirements: a row for every number of units that some cases share."""
    counts: dict[str, int] = {}
    for line in LINES:
        kind = KINDS[line.kind]
        counts[kind.component] = counts.get(kind.component, 0) + 1
        requirement_id = f"{kind.component[:4].upper().rstrip()}-{counts[kind.component]:02d}"
        tables.add("requirements", *_rows(line, kind, requirement_id))


def _rows(line: Line, kind: Kind, requirement_id: str) -> Iterator[Row]:
    for units in dict.fromkeys(number for number in line.units if number):
        cases = tuple(case for case, number in zip(CASES, line.units, strict=True) if number == units)
        yield {
            "requirement_id": requirement_id, "name": line.name, "component": kind.component,
            "capability": kind.capability, "size": kind.size, "quantity": units, "unit_type": kind.unit_type,
            "people": kind.people, "place": line.place, "phase": line.phase, "needed_from": f"D+{line.days[0]}",
            "needed_until": None if line.days[1] is None else f"D+{line.days[1]}", "task": line.task,
            "criticality": line.criticality, **line.more, "cases": () if cases == CASES else cases,
            "source": "notional",
        }  # fmt: skip


def people_required(case: str, lines: Iterable[Line] = LINES) -> int:
    """People that a case needs in steady state: all lines whose need does not end."""
    number = CASES.index(case)
    return sum(line.units[number] * KINDS[line.kind].people for line in lines if line.days[1] is None)
