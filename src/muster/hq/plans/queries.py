"""Reads of plans: the boundary leaves only what the viewer may see, whatever is asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet

from muster.disclosure.release import Edition
from muster.hq.plans.choices import Kind, State
from muster.hq.plans.models import Making, Opinion, Plan, PlanFile, PlanLine, Released

WHY_FILE: Final = "why.json"
RELEASES_FILE: Final = "releases.json"
"""All releases of the series up to that of the plan."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a nation thinks of a plan by now.

    Attributes
    ----------
    whole
        What it said last of its whole part; None where it said nothing yet.
    of_lines
        What it said last of single lines.
    """

    nation: str
    lines: int
    whole: Opinion | None
    of_lines: tuple[Opinion, ...]


def list_plans() -> QuerySet[Plan]:
    """Plans, the last first."""
    return Plan.objects.all()


def figures_of(plan: Plan) -> Mapping[str, Any]:
    """Key figures of a plan; none where the viewer may not see them."""
    making = Making.objects.filter(plan=plan).first()
    return {} if making is None else dict(making.figures)


def file_of(plan: Plan, name: str) -> bytes | None:
    """A file of a plan; None where there is none that the viewer may see."""
    found = PlanFile.objects.filter(plan=plan, name=name).first()
    return None if found is None else bytes(found.content)


def files_of(plan: Plan) -> dict[str, bytes]:
    """All files of a plan that the viewer may see."""
    return {file.name: bytes(file.content) for file in PlanFile.objects.filter(plan=plan)}


def reasons_of(plan: Plan) -> Mapping[str, str]:
    """Why lines are late or left out, by their key; nothing where the viewer may not know."""
    content = file_of(plan, WHY_FILE)
    return {} if content is None else dict(json.loads(content))


def list_lines(plan: Plan, *, nation: str = "", late_only: bool = False, text: str = "") -> QuerySet[PlanLine]:
    """Lines of a plan that the viewer may see."""
    found = PlanLine.objects.filter(plan=plan)
    if nation:
        found = found.filter(nation=nation)
    if late_only:
        found = found.filter(late_d__gt=0)
    if text:
        found = found.filter(key__icontains=text) | found.filter(name__icontains=text)
    return found


def standings(plan: Plan) -> tuple[Standing, ...]:
    """What each nation thinks of its part, nations by code."""
    lines = PlanLine.objects.filter(plan=plan).order_by("nation").values("nation").annotate(lines=Count("pk"))
    counts = dict(lines.values_list("nation", "lines"))
    last: dict[tuple[str, object], Opinion] = {}
    for opinion in Opinion.objects.filter(plan=plan).select_related("line").order_by("at"):
        last[opinion.owner, opinion.line_id] = opinion
    return tuple(
        Standing(
            nation,
            count,
            last.get((nation, None)),
            tuple(opinion for (owner, line), opinion in last.items() if owner == nation and line is not None),
        )
        for nation, count in counts.items()
    )


def releases_so_far() -> tuple[Edition, ...]:
    """What was released of matchings so far, the oldest first."""
    last = Plan.objects.filter(kind=Kind.MATCHING, state=State.RELEASED).order_by("-released_at").first()
    content = None if last is None else file_of(last, RELEASES_FILE)
    return () if content is None else _decoded(content)


def list_released() -> QuerySet[Released]:
    """Forms of plans that were released and that the viewer may see, without their content."""
    return Released.objects.filter(released_at__isnull=False).defer("content")


def follows_history(plan: Plan) -> bool:
    """Whether what was prepared of a plan follows on all that was released by now."""
    content = file_of(plan, RELEASES_FILE)
    if content is None:
        return True
    prepared, history = _decoded(content), releases_so_far()
    return prepared[: len(history)] == history and len(prepared) <= len(history) + 1


def _decoded(content: bytes) -> tuple[Edition, ...]:
    from muster.exchange.answers_json import decode_releases  # noqa: PLC0415 - slow to import; pages start at once

    return decode_releases(content)
