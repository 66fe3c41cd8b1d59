"""Lift and terminals of the notional Multinational Force Ukraine: the tables that decide how tight the move is.

Every count is notional; the source column names what anchors it, the note says what was assumed. To make the move
tighter or looser, change :data:`FLEETS` and :data:`TERMINALS` and build again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tools.scenario_mnf_u_force import CASES
from tools.scenario_tables import ScenarioTables


@dataclass(frozen=True, slots=True)
class FleetRow:
    """Assets of one type, home and nation, with their number in each case."""

    fleet_id: str
    platform: str
    home: str
    nation: str
    counts: tuple[int, int, int, int]
    packet: int = 1
    users: tuple[str, ...] = ()
    available_from: str | None = None
    source: str = "notional"
    note: str = ""


_ANY: Final = ()
FLEETS: Final = (
    # trains: sets of 20 flat wagons, as long as the military trains of 1995-96
    FleetRow("rail-de", "train-1435-short", "DE-MUNSTER", "DEU", (5, 9, 14, 26),
        source="S33;V1", note="300 wagons under contract in Germany are 15 sets; the part for this force is assumed"),
    FleetRow("rail-fr", "train-1435-short", "FR-MOURMELON-LE-GRAND", "FRA", (5, 10, 15, 24)),
    FleetRow("rail-gb", "train-1435-short", "GB-BULFORD", "GBR", (1, 1, 2, 3), users=("GBR",),
        note="stays on the island: no military trains through the Channel Tunnel"),
    FleetRow("rail-pl", "train-1435-short", "PL-WROCLAW", "POL", (4, 6, 10, 18),
        source="M48", note="Poland leads on logistics; count notional"),
    FleetRow("rail-ro", "train-1435-short", "RO-BACAU", "ROU", (3, 5, 7, 11)),
    FleetRow("rail-nl", "train-1435-short", "NL-OIRSCHOT", "NLD", (1, 3, 4, 6),
        users=("NLD", "BEL", "LUX", "DEU", "CAN"), source="S35",
        note="200 low-loader wagons were thought to move a brigade in three shuttles; 40 assumed"),
    FleetRow("rail-ua", "train-1520-short", "UA-SKNYLIV", "UKR", (1, 1, 2, 4),
        note="wide-gauge container wagons that the host nation spares"),
    FleetRow("rail-ua-south", "train-1520-short", "UA-ROZDILNA", "UKR", (1, 1, 2, 3)),
    FleetRow("rail-pax-eu", "train-passenger-1435", "DE-MANNHEIM", "DEU", (1, 1, 2, 4)),
    FleetRow("rail-pax-ua", "train-passenger-1520", "UA-LVIV", "UKR", (1, 1, 2, 4)),
    # ships
    FleetRow("ro-point", "roro-point", "GBMSE", "GBR", (4, 5, 6, 9),
        source="S39", note="four ships in service is general knowledge (K); users may ask the owner"),
    FleetRow("ro-ark", "roro-ark", "DEEME", "DNK", (2, 3, 4, 6), available_from="C+4",
        source="S40;S41", note="15 days' notice counted from the warning before G-day"),
    FleetRow("ro-med", "roro-ferry", "FRTLN", "FRA", (2, 3, 4, 7), users=("FRA", "ESP", "ITA", "PRT", "TUR")),
    FleetRow("ro-baltic", "roro-ferry", "SEGOT", "SWE", (1, 2, 3, 5),
        users=("SWE", "NOR", "FIN", "DNK", "EST", "LVA")),
    FleetRow("feeder-north", "container-feeder", "BEANR", "BEL", (1, 1, 1, 2)),
    FleetRow("feeder-iberia", "container-coaster", "ESVLC", "ESP", (0, 0, 1, 2), users=("ESP", "PRT")),
    FleetRow("feeder-baltic", "container-coaster", "SEGOT", "SWE", (0, 0, 1, 2),
        users=("SWE", "NOR", "DNK", "FIN", "EST", "LVA", "LTU")),
    FleetRow("feeder-south", "container-coaster", "FRFOS", "FRA", (1, 1, 1, 2)),
    # aircraft
    FleetRow("salis", "an-124", "EDDP", "UKR", (2, 2, 3, 5),
        source="S45", note="two assured part-time, up to three more on priority call"),
    FleetRow("raf-c17", "c-17", "EGVN", "GBR", (1, 1, 2, 4), users=("GBR", "CAN", "AUS", "NZL", "IRL", "EST")),
    FleetRow("raf-a400m", "a400m", "EGVN", "GBR", (1, 1, 2, 5), users=("GBR", "CAN", "AUS", "NZL", "IRL", "EST")),
    FleetRow("aae-a400m", "a400m", "LFOJ", "FRA", (1, 2, 3, 6), users=("FRA", "BEL", "LUX", "ESP", "PRT")),
    FleetRow("luftwaffe-a400m", "a400m", "ETNW", "DEU", (0, 1, 2, 4)),
    FleetRow("eda-a400m", "a400m", "LEZG", "ESP", (1, 1, 1, 3), users=("ESP", "PRT", "ITA")),
    FleetRow("aae-c130j", "c-130j", "LFOJ", "FRA", (1, 1, 1, 2), users=("FRA", "DEU")),
    FleetRow("mrtt", "a330-mrtt", "EHEH", "NLD", (1, 1, 1, 2),
        users=("NLD", "BEL", "NOR", "DEU", "CZE", "DNK", "SWE", "LUX")),
    FleetRow("charter-uk", "charter-180", "EGSS", "GBR", (1, 2, 3, 5), users=("GBR", "IRL", "CAN", "AUS", "NZL")),
    FleetRow("charter-eu", "charter-180", "EBMB", "BEL", (1, 2, 3, 6)),
    # road
    FleetRow("bus-pl", "bus-coach", "PLRZE", "POL", (8, 12, 18, 36), packet=1,
        source="V1", note="500 coaches served 25,000 people in 1995-96"),
    FleetRow("bus-ro", "bus-coach", "RO-MIHAIL-KOGALNICEANU", "ROU", (5, 8, 12, 20), packet=1),
    FleetRow("bus-de", "bus-coach", "DE-MANNHEIM", "DEU", (8, 14, 20, 36), packet=1),
    FleetRow("bus-ua", "bus-coach", "UA-LVIV", "UKR", (5, 8, 12, 20), packet=1),
    FleetRow("truck-pl", "truck-civil", "PLRZE", "POL", (12, 20, 30, 56),
        source="V1", note="1,600 lorries served 25,000 people in 1995-96"),
    FleetRow("truck-de", "truck-civil", "DE-MANNHEIM", "DEU", (14, 22, 34, 64)),
    FleetRow("truck-fr", "truck-civil", "FR-MOURMELON-LE-GRAND", "FRA", (12, 20, 30, 48),
        users=("FRA", "ESP", "PRT", "ITA")),
    FleetRow("truck-uk", "truck-pls", "GB-BULFORD", "GBR", (10, 14, 22, 34), packet=2, users=("GBR",)),
    FleetRow("truck-nordic", "truck-civil", "SE-SKOVDE", "SWE", (4, 8, 12, 24),
        users=("SWE", "NOR", "DNK", "FIN", "EST", "LVA", "LTU")),
    FleetRow("truck-ro", "truck-civil", "RO-BACAU", "ROU", (8, 14, 20, 34)),
    FleetRow("bus-ie", "bus-coach", "IE-KILDARE", "IRL", (0, 0, 2, 4), packet=1, users=("IRL",)),
    FleetRow("truck-ie", "truck-civil", "IE-KILDARE", "IRL", (0, 0, 4, 6), users=("IRL",)),
    FleetRow("het-uk", "het", "GB-BULFORD", "GBR", (9, 15, 21, 36), users=("GBR",)),
    FleetRow("het-fr", "het", "FR-MOURMELON-LE-GRAND", "FRA", (6, 9, 15, 30), users=("FRA",)),
    FleetRow("het-pl", "het", "PLRZE", "POL", (12, 18, 27, 48)),
    FleetRow("het-ro", "het", "RO-SUCEAVA", "ROU", (6, 6, 12, 24)),
    FleetRow("het-nordic", "het", "SE-SKOVDE", "SWE", (6, 9, 12, 27), users=("SWE", "NOR", "DNK", "FIN")),
)  # fmt: skip
"""The knob of the move: counts in ``low``, ``base``, ``high`` and ``stress``; road assets are packets."""


@dataclass(frozen=True, slots=True)
class TerminalRow:
    """What a place keeps for the force, over what the reference tables say of it."""

    place: str
    attribute: str
    value: int | str
    note: str
    source: str = "notional"


_CIVIL: Final = "what is left beside civil traffic and aid to Ukraine"
TERMINALS: Final = (
    TerminalRow("PL-LUBLIN", "kinds", "garrison;railhead;staging", "used as a staging area"),
    TerminalRow("PL-LUBLIN", "rail_ramps", 2, "used as a staging area"),
    TerminalRow("PL-LUBLIN", "rail_trains_per_day", 6, "used as a staging area"),
    TerminalRow("PL-LUBLIN", "staging_vehicles", 400, "used as a staging area"),
    TerminalRow("PL-LUBLIN", "staging_people", 2000, "used as a staging area"),
    TerminalRow("ROAD-KORCZOWA-KRAKOVETS", "crossing_credits_per_day", 30, _CIVIL),
    TerminalRow("ROAD-KORCZOWA-KRAKOVETS", "crossing_vehicles_per_day", 80, _CIVIL),
    TerminalRow("ROAD-DOROHUSK-YAHODYN", "crossing_credits_per_day", 30, _CIVIL),
    TerminalRow("ROAD-DOROHUSK-YAHODYN", "crossing_vehicles_per_day", 54, _CIVIL),
    TerminalRow("ROAD-SIRET-PORUBNE", "crossing_credits_per_day", 30, _CIVIL),
    TerminalRow("ROAD-SIRET-PORUBNE", "crossing_vehicles_per_day", 14, _CIVIL),
    TerminalRow("ROAD-GALATI-GIURGIULESTI", "crossing_credits_per_day", 30, _CIVIL),
    TerminalRow("ROAD-GALATI-GIURGIULESTI", "crossing_vehicles_per_day", 30, _CIVIL),
    TerminalRow("ROAD-GIURGIULESTI-RENI", "crossing_credits_per_day", 30, _CIVIL),
    TerminalRow("ROAD-GIURGIULESTI-RENI", "crossing_vehicles_per_day", 30, _CIVIL),
    TerminalRow("FIHEL", "berths_roro", 1, "of the ferry berths, one for the force"),
    TerminalRow("FIHEL", "berths_container", 1, "of the container berths, one for the force"),
    TerminalRow("NOOSL", "berths_roro", 1, "of the ferry berths, one for the force"),
    TerminalRow("NOOSL", "berths_container", 1, "of the container berths, one for the force"),
    TerminalRow("ESVLC", "berths_roro", 1, "of the ferry berths, one for the force"),
    TerminalRow("ESVLC", "berths_container", 1, "of the container berths, one for the force"),
    TerminalRow("ESROT", "berths_roro", 1, "naval base"),
    TerminalRow("ESROT", "berths_container", 1, "of the container berths, one for the force"),
    TerminalRow("PTSET", "berths_roro", 1, "of the ro-ro berths, one for the force"),
    TerminalRow("PTSET", "berths_container", 1, "of the container berths, one for the force"),
    TerminalRow("IEORK", "berths_roro", 1, "of the ferry berths, one for the force"),
    TerminalRow("IEORK", "berths_container", 1, "of the container berths, one for the force"),
    TerminalRow("EPRZ", "mog_spots", 2, "of the spots of the hub, what is left for the force"),
    TerminalRow("LRCK", "mog_spots", 2, "what is left for the force"),
    TerminalRow("PLRZE", "rail_ramps", 1, "the other ramp stays with aid to Ukraine"),
    TerminalRow("PLRZE", "rail_trains_per_day", 6, "the rest stays with aid to Ukraine"),
    TerminalRow("PL-PRZEMYSL", "rail_trains_per_day", 6, "the rest stays with aid to Ukraine"),
)  # fmt: skip
"""Terminals and crossings as the force may use them; every value notional."""

NO_AIR: Final = (
    "UKLL",
    "UKBB",
    "UKKK",
    "UKOO",
    "UKON",
    "UKWW",
    "UKLR",
    "UKLI",
    "UKLU",
    "UKLN",
    "UKKM",
    "UKKE",
    "UKLC",
    "UKKT",
)
"""Airfields that stay closed: no commercial air within Ukraine is assumed."""
NO_TRAINS: Final = ("UA-KOVEL-1435", "UA-MOSTYSKA-2", "UA-UZHHOROD-1435", "UA-MUKACHEVO-1435", "UA-CHOP")
"""Standard-gauge stations in Ukraine that stay with trade and aid."""
NO_SEA: Final = ("UAODS", "UAILK", "UAYUZ", "UAIZM", "UAREN")
"""Ports that stay closed: clearing routes and anchorages takes up to six months [N7]."""
SHARED: Final = (
    ("PLGDN", "berth_roro", "C+10", "C+16", 1, "one ro-ro berth is let to another exercise"),
    ("ROCND", "berth_roro", "C+20", "C+25", 1, "one ro-ro berth is let to a grain terminal"),
    ("GBMSE", "berth_roro", "C+8", "C+12", 1, "one jetty closed for repair"),
    (
        "ROAD-DOROHUSK-YAHODYN",
        "crossing_vehicles",
        "C+24",
        "C+27",
        20,
        "blockade by lorry drivers, as seen in other years",
    ),
)
"""Calendars of the example: places that do less for a while."""

KEPT_FOR_OTHERS: Final = (
    ("ROAD-MEDYKA-SHEHYNI", "PL-PRZEMYSL", "UA-LVIV"),
    ("ROAD-HREBENNE-RAVA-RUSKA", "PL-LUBLIN", "UA-LVIV"),
    ("ROAD-KROSCIENKO-SMILNYTSIA", "PL-PRZEMYSL", "UA-LVIV"),
    ("ROAD-ZOSIN-USTYLUH", "PL-LUBLIN", "UA-LUTSK"),
    ("ROAD-VYSNE-NEMECKE-UZHHOROD", "PLRZE", "UA-LVIV"),
    ("ROAD-ZAHONY-CHOP", "PLRZE", "UA-LVIV"),
    ("ROAD-BEREGSURANY-LUZHANKA", "PLRZE", "UA-LVIV"),
    ("ROAD-HALMEU-DIAKOVE", "RO-SUCEAVA", "UA-LVIV"),
    ("ROAD-OTACI-MOHYLIV", "RO-SUCEAVA", "UA-VINNYTSIA"),
    ("ROAD-PALANCA-MAIAKY", "RO-SMARDAN", "UA-ODESA"),
    ("FERRY-ISACCEA-ORLIVKA", "RO-SMARDAN", "UA-ODESA"),
)
"""Crossings that stay with civil traffic and aid to Ukraine, and two places on their sides."""

HOSTS: Final = (
    "AUT", "BEL", "BGR", "CHE", "CZE", "DEU", "DNK", "EST", "ESP", "FIN", "FRA", "GBR", "GRC", "HRV", "HUN", "IRL",
    "ITA", "LTU", "LUX", "LVA", "MDA", "NLD", "NOR", "POL", "PRT", "ROU", "SRB", "SVK", "SVN", "SWE", "TUR", "UKR",
)  # fmt: skip
"""Countries that are asked for a permit, all on G-day."""
REGIMES: Final = (("peacetime", 45 * 24, "H19;S26"), ("eu", 72, "H20;S27"), ("emergency", 6, "H21;S27"))
"""Lead times in hours: 45 days in some states today, 3 days and 6 hours as the Commission proposed."""
SLOWER_H: Final = {"CHE": 168, "MDA": 240, "HUN": 240, "TUR": 120}
"""Longer lead times under the European regime, notional: outside the Union, or unwilling."""


def add_lift(tables: ScenarioTables) -> None:
    """Add fleets, terminals, calendars and closed ways."""
    tables.add("platforms", {
        "platform_id": "train-1520-short", "name": "Container train, 1520 mm, 20 wagons", "kind": "train",
        "capacity_lane_cm": 26500, "capacity_mass_kg": 900000, "capacity_teu": 30, "capacity_people": 20,
        "item_mass_max_kg": 72000, "item_height_max_cm": 265, "item_mlc_max": 80, "load_min": 180, "unload_min": 120,
        "gauge_mm": 1520, "wagons": 20, "speed_kmh": 35, "source": "GENERAL", "grade": "K",
        "note": "wagons for containers: vehicles are too high for what the host nation spares; notional",
    })  # fmt: skip
    tables.add("platforms", {
        "platform_id": "truck-civil", "capacity_mass_kg": 27200, "source": "GENERAL", "grade": "K",
        "note": "two loaded containers, as combined transport allows",
    })  # fmt: skip
    tables.add("platforms", {
        "platform_id": "bus-coach", "capacity_people": 30, "source": "notional", "grade": "assumed",
        "note": "soldiers with arms and bags for a tour leave a third of the seats empty",
    })  # fmt: skip
    for fleet in FLEETS:
        tables.add("lift", *_fleet_rows(fleet))
    places: dict[str, dict[str, str | int]] = {}
    for row in TERMINALS:
        places.setdefault(
            row.place, {"place_id": row.place, "source": row.source, "grade": "assumed", "note": row.note}
        )
        places[row.place][row.attribute] = row.value
    tables.add("places", *places.values())
    for place in NO_AIR:
        tables.add("calendars", {
            "place": place, "resource": "mog", "starts": "C+0", "capacity": 0, "source": "notional",
            "note": "no air traffic within Ukraine is assumed",
        })  # fmt: skip
    for place in NO_TRAINS:
        tables.add("calendars", {
            "place": place, "resource": "trains", "starts": "C+0", "capacity": 0, "source": "notional",
            "note": "kept for trade and aid to Ukraine",
        })  # fmt: skip
    for place in NO_SEA:
        for resource in ("berth_roro", "berth_container"):
            tables.add("calendars", {
                "place": place, "resource": resource, "starts": "C+0", "capacity": 0, "source": "N7",
                "note": "clearing routes and anchorages of mines takes up to six months",
            })  # fmt: skip
    for place, resource, starts, until, capacity, note in SHARED:
        tables.add("calendars", {
            "place": place, "resource": resource, "starts": starts, "until": until, "capacity": capacity,
            "source": "notional", "note": note,
        })  # fmt: skip


def add_permits(tables: ScenarioTables) -> None:
    """Add a permit of every host under every regime."""
    for host in HOSTS:
        for regime, lead_h, source in REGIMES:
            slower = regime == "eu" and host in SLOWER_H
            tables.add("permits", {
                "permit_id": f"{host}-{regime}", "country": host, "regime": regime, "requested": "G+0",
                "lead_h": SLOWER_H[host] if slower else lead_h, "state": "denied" if host == "SRB" else "asked",
                "authority": f"National movement control, {host}",
                "source": "notional" if slower or host == "SRB" else source,
                "note": "neutral; refusal assumed" if host == "SRB" else "",
            })  # fmt: skip


def _fleet_rows(fleet: FleetRow) -> Iterator[dict[str, object]]:
    """One row for each number of assets, with the cases that have it."""
    for number in sorted({number for number in fleet.counts if number}):
        cases = tuple(case for case, held in zip(CASES, fleet.counts, strict=True) if held == number)
        yield {
            "fleet_id": fleet.fleet_id, "platform": fleet.platform, "count": number, "packet": fleet.packet,
            "home": fleet.home, "nation": fleet.nation, "users": fleet.users, "available_from": fleet.available_from,
            "cases": () if cases == CASES else cases, "source": fleet.source, "grade": "assumed",
            "note": fleet.note or "count notional",
        }  # fmt: skip
