"""The kept plan that a viewer looks at, and its picture, worked out once for each plan and side."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from django.db.models import Q

from muster.disclosure.labels import EVERY_NATION, Label
from muster.exchange.matching_json import MATCHING_FILE, decode_matching
from muster.exchange.matching_json import decode_problem as decode_matching_problem
from muster.exchange.plan_json import decode_plan, decode_problem
from muster.exchange.plan_names import PLAN_FILE, PROBLEM_FILE, SUMMARY_FILE
from muster.hq.board.coverage import HeatMap, heat_map
from muster.hq.board.layers import encode_layers
from muster.hq.board.pictures import Picture, picture
from muster.hq.board.released_coverage import BandMap, OwnTour, band_map
from muster.hq.board.rules import Side
from muster.hq.people.queries import bits
from muster.hq.plans.choices import Kind, State
from muster.hq.plans.models import Plan, PlanFile, PlanLine, Released
from muster.hq.plans.parts import part_names
from muster.movement.deconflict.nations import label_of

PICTURES_KEPT: Final = 6
"""Pictures that a process keeps; one of a large plan takes some tens of megabytes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept plan as the boundary lets the viewer read it.

    Attributes
    ----------
    title, case
        As on its page.
    label
        Of the files that its picture is drawn from.
    names
        Of those files: the whole plan, or the part of a nation. They never change once they are kept.
    """

    plan: uuid.UUID
    title: str
    case: str
    label: Label
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptMatching:
    """A kept matching as cover by month."""

    title: str
    label: Label
    heat_map: HeatMap


@dataclass(frozen=True, slots=True)
class KeptBands:
    """A kept matching as one nation may see its cover."""

    title: str
    labels: tuple[Label, ...]
    band_map: BandMap


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture with its layers as they are sent."""

    picture: Picture
    layers: Mapping[str, bytes]


def find_kept(side: Side, plan: uuid.UUID | None = None) -> Kept | None:
    """The newest deployment that the viewer may see from their side, or this one; None where there is none.

    Parameters
    ----------
    plan
        None is the newest that was not set aside.
    """
    names = (PROBLEM_FILE, PLAN_FILE, SUMMARY_FILE) if side.nation is None else part_names(side.nation)
    rows = PlanFile.objects.filter(plan__kind=Kind.DEPLOYMENT, name=names[0]).select_related("plan").defer("content")
    rows = rows.exclude(plan__state=State.SET_ASIDE) if plan is None else rows.filter(plan=plan)
    row = rows.order_by("-plan__made_at").first()
    return None if row is None else Kept(row.plan_id, row.plan.title, row.plan.case, row.label(bits()), names)


def labels_of(kept: Kept, picture: Picture) -> Iterator[Label]:
    """Labels of what a picture shows: that of its files, and those of the lines, which belong to their nations."""
    yield kept.label
    yield from (label_of(row.line) for row in picture.report.lines)


class _Place:
    """Where the picture of a plan from a side is kept once it is drawn."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.looked: Looked | None = None


@lru_cache(maxsize=PICTURES_KEPT)
def _place(_kept: Kept, _side: Side) -> _Place:
    return _Place()


def look(kept: Kept, side: Side) -> Looked:
    """The picture of a kept plan from a side, drawn once by a process: a page and its layers ask at the same time.

    What is remembered is found by what the boundary lets the viewer read in this request: whoever may no longer see
    the plan has nothing to ask with.
    """
    place = _place(kept, side)
    with place.turn:
        if place.looked is None:
            place.looked = _drawn(kept, side)
        return place.looked


def _drawn(kept: Kept, side: Side) -> Looked:
    files = _contents(kept.plan, kept.names)
    problem, plan, *summary = (files[name] for name in kept.names)
    figures = json.loads(summary[0]) if summary else {}
    drawn = picture(decode_problem(problem), decode_plan(plan), figures, nation=side.nation)
    return Looked(drawn, encode_layers(drawn))


def find_matching() -> KeptMatching | None:
    """The cover of the newest matching whose files the viewer may see; None where there is none."""
    rows = PlanFile.objects.filter(plan__kind=Kind.MATCHING, name=MATCHING_FILE).select_related("plan")
    row = rows.exclude(plan__state=State.SET_ASIDE).defer("content").order_by("-plan__made_at").first()
    if row is None:
        return None
    return KeptMatching(row.plan.title, row.label(bits()), _heat_map(row.plan_id))


def find_bands(nation: str) -> KeptBands | None:
    """What a nation may see of the newest matching of which it sees anything; None where it sees none.

    That is its own tours once the plan is in review, and bands once they are released.
    """
    forms = Released.objects.filter(plan__kind=Kind.MATCHING, for_whom=EVERY_NATION, released_at__isnull=False)
    lines = PlanLine.objects.filter(plan__kind=Kind.MATCHING, nation=nation)
    plans = Plan.objects.filter(Q(pk__in=forms.values("plan")) | Q(pk__in=lines.values("plan")))
    plan = plans.exclude(state=State.SET_ASIDE).order_by("-made_at").first()
    if plan is None:
        return None
    form, own = forms.filter(plan=plan).first(), list(lines.filter(plan=plan))
    tours = [
        OwnTour(str(row.told["requirement"]), f"{row.told['offer']} {row.told['unit']}", row.start_d, row.end_d)
        for row in own
        if row.start_d is not None and row.end_d is not None and "requirement" in row.told
    ]
    names = {str(row.told["requirement"]): str(row.told.get("place", "")) for row in own if "requirement" in row.told}
    drawn = band_map(None if form is None else bytes(form.content), tours, names)
    labels = [row.label(bits()) for row in (*([] if form is None else [form]), *own[:1])]
    return None if drawn is None else KeptBands(plan.title, tuple(labels), drawn)


@lru_cache(maxsize=PICTURES_KEPT)
def _heat_map(plan: uuid.UUID) -> HeatMap:
    files = _contents(plan, (PROBLEM_FILE, MATCHING_FILE))
    return heat_map(decode_matching_problem(files[PROBLEM_FILE]), decode_matching(files[MATCHING_FILE]))


def _contents(plan: uuid.UUID, names: tuple[str, ...]) -> dict[str, bytes]:
    return {row.name: bytes(row.content) for row in PlanFile.objects.filter(plan=plan, name__in=names)}
