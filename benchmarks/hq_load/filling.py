"""Founding a headquarters of a given size, with rows under a mix of labels, and everybody signed in."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from string import ascii_uppercase
from typing import Final

import numpy as np

from benchmarks.hq_load.size import Size
from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.forces import Nation, Part
from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.folder import make_secrets, note_founded
from muster.hq.running import use
from muster.hq.serving import database_of, make_keys

CAPABILITIES: Final = (
    "infantry", "engineers", "air defence", "medical", "signals", "logistics", "military police", "mine clearance",
    "reconnaissance", "artillery location", "maritime patrol", "airlift",
)  # fmt: skip
SIZES: Final = ("team", "company", "battalion", "squadron", "ship")
STATUSES: Final = ("statement", "pledge", "formal", "withdrawn")
COMPONENTS: Final = ("land", "air", "sea", "logistic", "medical")


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it was put in.

    Attributes
    ----------
    word
        Stands in this row, and nowhere else.
    """

    table: str
    label: Label
    word: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account with a session.

    Attributes
    ----------
    nation
        Of a liaison officer; None for whoever is none.
    """

    post: str
    nation: str | None
    is_staff: bool
    session: str

    def may_see(self, label: Label) -> bool:
        """Whether the account may see what has this label, by the rules of disclosure and not by the database."""
        return self.is_staff or (self.nation is not None and label.is_releasable_to(self.nation))


@dataclass(frozen=True, slots=True)
class Filled:
    """A headquarters that is ready to be served."""

    folder: Path
    rows: Mapping[uuid.UUID, Kept]
    accounts: tuple[SignedIn, ...]


def fill(folder: Path, size: Size, seed: int) -> Filled:
    """Found a headquarters in a folder and fill it; this process works for that folder from then on."""
    random = np.random.default_rng(seed)
    codes = ["".join(letters) for letters in islice(product("ABCDEFGH", ascii_uppercase, "XYZ"), size.nations)]
    nations = [Nation(nation=code, name=f"Nation {code}", part=Part.CONTRIBUTOR) for code in codes]
    rows = dict(_requirements(size.requirements, random)) | dict(_offers(size.offers, codes, random))
    make_secrets(folder)
    make_keys(folder)
    with database_of(folder):
        use(folder)
        from benchmarks.hq_load import putting_in  # noqa: PLC0415 - after `use`

        putting_in.found(nations)
        putting_in.put_in(rows)
        accounts = tuple(putting_in.sign_in(size, codes))
        note_founded(folder)
        putting_in.close()
    return Filled(folder, rows, accounts)


def _offers(count: int, nations: list[str], random: np.random.Generator) -> Iterator[tuple[uuid.UUID, Kept]]:
    owners = random.choice(nations, count)
    for number, owner in enumerate(map(str, owners)):
        word = _word(random)
        cells = {
            "offer_id": f"{owner}-{number:06}",
            "nation": owner,
            "name": f"{word} of {owner}",
            "capability": _one(CAPABILITIES, random),
            "size": _one(SIZES, random),
            "quantity": str(random.integers(1, 6)),
            "people": str(random.integers(10, 800)),
            "notice_days": str(random.integers(0, 90)),
            "available_from": f"C+{random.integers(0, 180)}",
            "place_allowed": _one(("in country", "neighbour only"), random),
            "status": _one(STATUSES, random),
            "has": "english;night",
            "said_on": "2026-03-27",
            "source": "notional",
        }
        yield _id(random), Kept("offers", _label(owner, nations, random), word, cells)


def _requirements(count: int, random: np.random.Generator) -> Iterator[tuple[uuid.UUID, Kept]]:
    """Requirements of the headquarters, told to every nation."""
    label = Label(HEADQUARTERS, Marking.RESTRICTED, frozenset({EVERY_NATION}))
    for number in range(count):
        word = _word(random)
        cells = {
            "requirement_id": f"REQ-{number:05}",
            "name": f"Need {word}",
            "component": _one(COMPONENTS, random),
            "capability": _one(CAPABILITIES, random),
            "size": _one(SIZES, random),
            "quantity": str(random.integers(1, 6)),
            "place": "UA-KYIV",
            "phase": "P2",
            "needed_from": f"D+{random.integers(0, 90)}",
            "needed_until": f"D+{random.integers(90, 400)}",
            "must_have": "english",
            "criticality": str(random.integers(1, 4)),
            "source": "notional",
        }
        yield _id(random), Kept("requirements", label, word, cells)


def _label(owner: str, nations: list[str], random: np.random.Generator) -> Label:
    """Of a hundred offers 60 are for the owner alone, 25 for three others, 5 sensitive, and 10 for every nation."""
    drawn = random.random()
    if drawn < 0.10:
        return Label(owner, Marking.OPEN, frozenset({EVERY_NATION}))
    if drawn < 0.35:
        return Label(owner, Marking.RESTRICTED, frozenset(map(str, random.choice(nations, 3, replace=False))) - {owner})
    return Label(owner, Marking.SENSITIVE if drawn < 0.40 else Marking.RESTRICTED, frozenset())


def _word(random: np.random.Generator) -> str:
    return f"word{random.bytes(6).hex()}"


def _id(random: np.random.Generator) -> uuid.UUID:
    return uuid.UUID(bytes=random.bytes(16), version=4)


def _one(choices: tuple[str, ...], random: np.random.Generator) -> str:
    return choices[int(random.integers(len(choices)))]
