"""Unit types that ``mnf-u`` has of its own: staffs, teams, detachments of aircraft and ships; people only, notional."""

from typing import Final

from tools.scenario_tables import Row

OWN_UNITS: Final[tuple[Row, ...]] = tuple(
    {
        "unit_type_id": unit_type_id, "name": name, "branch": branch, "people": people, "notional": True,
        "source": "notional", "grade": "assumed",
    }
    for unit_type_id, name, branch, people in (
        ("mech-coy", "Mechanised company", "mechanised", 160),
        ("tank-sqn", "Tank squadron", "armour", 110),
        ("cbrn-coy", "CBRN defence company", "cbrn defence", 120),
        ("staff-team", "Staff team of a headquarters", "headquarters staff", 35),
        ("liaison-team", "Liaison team", "liaison", 10),
        ("maritime-staff", "Staff of a maritime component", "maritime headquarters", 60),
        ("ad-bty-patriot", "Air defence battery, Patriot", "long-range air defence", 110),
        ("fighter-det", "Detachment of six fighters", "air policing", 90),
        ("aew-det", "Detachment of one airborne early warning aircraft", "airborne early warning", 40),
        ("tanker-det", "Detachment of one tanker aircraft", "air refuelling", 30),
        ("mpa-det", "Detachment of one maritime patrol aircraft", "maritime patrol aircraft", 50),
        ("helicopter-det", "Detachment of eight transport helicopters", "transport helicopter", 110),
        ("air-control-team", "Air control team", "air control", 45),
        ("air-base-coy", "Air base support company", "air base", 190),
        ("minehunter", "Minehunter", "mine counter-measures", 45),
        ("patrol-ship", "Patrol ship", "sea patrol", 80),
        ("command-ship", "Command and support ship", "sea command", 110),
        ("diving-team", "Clearance diving team", "clearance diving", 25),
        ("harbour-team", "Harbour protection team", "harbour protection", 40),
        ("water-team", "Water supply team", "water supply", 30),
        ("hospital-role3", "Role 3 hospital", "role 3 hospital", 200),
        ("preventive-medicine-team", "Preventive medicine team", "preventive medicine", 12),
        ("specialist-team", "Team of specialist instructors", "specialist instruction", 40),
    )
)  # fmt: skip
"""Rows of the ``unit_types`` table."""
