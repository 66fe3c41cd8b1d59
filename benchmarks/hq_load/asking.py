"""What is asked for in a run: pages of lists and of rows, each by somebody."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import numpy as np

from benchmarks.hq_load.filling import CAPABILITIES, STATUSES, Filled, SignedIn

KINDS: Final = {
    "offers": 0.25,
    "offers, a later page": 0.15,
    "offers, words searched": 0.15,
    "offers of an owner": 0.10,
    "offers by status": 0.10,
    "requirements": 0.15,
    "a row": 0.08,
    "a hidden row": 0.02,
}
"""Kinds of pages, with the part of all that each is."""
PAGES: Final = 100
"""Pages of a list that somebody who leafs through it gets to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that is asked for.

    Attributes
    ----------
    row
        The row that it is about; None for a list.
    """

    kind: str
    path: str
    by: SignedIn
    row: uuid.UUID | None = None


def ask(filled: Filled, count: int, seed: int) -> list[Asked]:
    """Draw pages and who asks for them."""
    random = np.random.default_rng(seed)
    kinds = random.choice(list(KINDS), count, p=list(KINDS.values()))
    by = random.integers(len(filled.accounts), size=count)
    rows = _mixed(filled, random)
    return [_asked(str(kind), filled.accounts[who], filled, rows, random) for kind, who in zip(kinds, by, strict=True)]


def _asked(
    kind: str, by: SignedIn, filled: Filled, rows: Iterator[uuid.UUID], random: np.random.Generator
) -> Asked:  # fmt: skip
    if kind in {"a row", "a hidden row"}:
        seen = kind == "a row"
        for key in rows:
            if by.may_see(filled.rows[key].label) == seen:
                return Asked(kind, f"/rows/{key}", by, key)
            if by.is_staff or by.nation is None:
                break
        return Asked("offers", "/tables/offers", by)
    table, words = "requirements" if kind == "requirements" else "offers", dict[str, str]()
    if kind == "offers, words searched":
        words["text"] = _searched(filled, rows, random)
    elif kind == "offers of an owner":
        words["owner"] = filled.rows[next(rows)].label.owner
    elif kind == "offers by status":
        words["status"] = STATUSES[int(random.integers(len(STATUSES)))]
    if kind == "offers, a later page" or (kind == "requirements" and random.random() < 0.5):
        words["page"] = str(random.integers(2, PAGES + 1))
    return Asked(kind, f"/tables/{table}" + (f"?{urlencode(words)}" if words else ""), by)


def _searched(filled: Filled, rows: Iterator[uuid.UUID], random: np.random.Generator) -> str:
    """A word of many rows, or one of a single row, which may be hidden."""
    if random.random() < 0.5:
        return CAPABILITIES[int(random.integers(len(CAPABILITIES)))]
    return filled.rows[next(rows)].word


def _mixed(filled: Filled, random: np.random.Generator) -> Iterator[uuid.UUID]:
    keys: Sequence[uuid.UUID] = list(filled.rows)
    while True:
        for place in random.permutation(len(keys)):
            yield keys[place]
