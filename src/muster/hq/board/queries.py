"""The kept plan that a viewer looks at, and its picture, worked out once for each plan and side."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import msgspec

from muster.disclosure.labels import Label
from muster.exchange.plan_json import decode_plan, decode_problem
from muster.hq.board.coverage import HeatMap
from muster.hq.board.layers import encode_layers
from muster.hq.board.pictures import Picture, picture
from muster.hq.board.rules import Side
from muster.movement.deconflict.view import label_of

PICTURES_KEPT: Final = 6
"""Pictures that a process keeps; one of a large plan takes some tens of megabytes."""


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """The files of ``muster movement plan``: ``problem.json.gz``, ``plan.json``, ``summary.json``."""

    problem: bytes
    plan: bytes
    summary: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept plan as the boundary lets the viewer read it.

    Attributes
    ----------
    label
        Of the row it came from.
    digest
        Tells plans apart by what is in them.
    read
        Reads its files; asked only where the picture is not at hand.
    """

    plan_id: str
    title: str
    label: Label
    digest: str
    read: Callable[[], PlanFiles] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KeptMatching:
    """A kept matching as cover by month."""

    title: str
    label: Label
    heat_map: HeatMap


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture with its layers as they are sent."""

    picture: Picture
    layers: Mapping[str, bytes]


def find_kept() -> Kept | None:
    """The newest plan that the viewer may see; None where there is none."""
    return None


def labels_of(kept: Kept, picture: Picture) -> Iterator[Label]:
    """Labels of what a picture shows: that of the plan, and those of the lines, which belong to their nations."""
    yield kept.label
    yield from (label_of(row.line) for row in picture.report.lines)


def find_matching() -> KeptMatching | None:
    """The cover of the newest matching that the viewer may see; None where there is none."""
    return None


@lru_cache(maxsize=PICTURES_KEPT)
def look(kept: Kept, side: Side) -> Looked:
    """The picture of a kept plan from a side.

    What is remembered is found by what the boundary lets the viewer read in this request: whoever may no longer see
    the plan has nothing to ask with.
    """
    files = kept.read()
    figures: dict[str, Any] = msgspec.json.decode(files.summary)
    drawn = picture(decode_problem(files.problem), decode_plan(files.plan), figures, nation=side.nation)
    return Looked(drawn, encode_layers(drawn))
