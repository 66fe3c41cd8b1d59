"""Symbols of units after APP-6: a code of twenty digits, read from what a unit is called.

A plan names its units in words and has no codes, so the words decide: what of the table stands in the name first
comes first. A name without any of them gets the frame alone, which says "friendly land unit" and no more.
"""

from typing import Final

_HEAD: Final = "13031000"
"""Version of the code, reality, friend, land unit, present, no headquarters mark: what all symbols here have."""
_FRAME_ALONE: Final = ("", "000000", "0000")

FUNCTIONS: Final = (
    ("explosive ordnance", "140800", "0000"),
    ("mine counter", "141400", "0000"),
    ("minehunter", "141400", "0000"),
    ("diving", "140400", "0000"),
    ("cbrn", "140100", "0000"),
    ("air defence", "130100", "0000"),
    ("rocket", "130300", "4100"),
    ("artillery", "130300", "0000"),
    ("bridge", "140700", "0600"),
    ("construction", "140700", "1200"),
    ("engineer", "140700", "0000"),
    ("military police", "141200", "0000"),
    ("signals", "111000", "0000"),
    ("role 2", "161400", "4300"),
    ("role 3", "161400", "4400"),
    ("medical", "161300", "0000"),
    ("medicine", "161300", "0000"),
    ("fuel", "162000", "0000"),
    ("water", "163400", "0000"),
    ("tank transporter", "163600", "0000"),
    ("transport helicopter", "120600", "0000"),
    ("helicopter", "120600", "0000"),
    ("movement control", "163600", "3800"),
    ("transport", "163600", "0000"),
    ("maintenance", "161100", "0000"),
    ("combat service support", "160600", "0000"),
    ("stocks", "163400", "0000"),
    ("stores", "163400", "0000"),
    ("unmanned", "121900", "0000"),
    ("special operations", "121800", "0000"),
    ("reconnaissance", "121300", "0000"),
    ("headquarters", "110000", "0000"),
    ("staff", "110000", "0000"),
    ("liaison", "110500", "0000"),
    ("air base", "120800", "0000"),
    ("air control", "120200", "0000"),
    ("aircraft", "120800", "0000"),
    ("fighter", "120800", "0000"),
    ("airborne infantry", "121100", "0001"),
    ("armoured infantry", "121102", "0000"),
    ("mechanised", "121102", "0000"),
    ("motorised", "121104", "0000"),
    ("infantry", "121100", "0000"),
    ("armoured", "120500", "0000"),
    ("tank", "120500", "0000"),
    ("training", "160000", "0000"),
    ("instructor", "160000", "0000"),
)
"""Word, entity and the two modifiers; the first word that stands in a name decides."""
ECHELONS: Final = (
    ("division", "21"),
    ("brigade", "18"),
    ("battalion", "16"),
    ("regiment", "16"),
    ("company", "15"),
    ("squadron", "15"),
    ("battery", "15"),
    ("platoon", "14"),
    ("detachment", "13"),
    ("team", "11"),
    ("cell", "11"),
)
"""Word and size of a unit, of which the one that comes first in a name decides; a regiment is of battalion size."""


def symbol_of(name: str) -> str:
    """Code of the symbol of a unit that is called so.

    Examples
    --------
    >>> symbol_of("Engineer company")
    '13031000151407000000'
    >>> symbol_of("Training team of a battalion")
    '13031000111600000000'
    >>> symbol_of("Something new")
    '13031000000000000000'
    """
    words = name.casefold()
    found = [(words.index(word), code) for word, code in ECHELONS if word in words]
    echelon = min(found)[1] if found else "00"
    _, entity, modifiers = next((row for row in FUNCTIONS if row[0] in words), _FRAME_ALONE)
    return f"{_HEAD}{echelon}{entity}{modifiers}"
