"""Plans as long work: made of a version, and prepared for release."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext_noop

from muster.disclosure import AggregatesRefused
from muster.exchange.answers_json import encode_releases
from muster.exchange.scenario import ScenarioRefused, UnknownCase, read_scenario
from muster.hq.jobs.kinds import Course, WorkRefused
from muster.hq.plans import deployments, matchings
from muster.hq.plans.actions import PlanRefused, keep_plan, propose_release
from muster.hq.plans.choices import Kind
from muster.hq.plans.made import Asked, Maker
from muster.hq.plans.models import Plan
from muster.hq.plans.queries import files_of, releases_so_far
from muster.hq.records.canonical import Json
from muster.hq.scenario.models import Version
from muster.hq.scenario.versions import files_of as files_of_version

_MAKERS: Final[Mapping[str, Maker]] = {
    Kind.MATCHING: matchings.make_matching,
    Kind.DEPLOYMENT: deployments.make_deployment,
}


def make_plan(parameters: Mapping[str, Json], course: Course) -> None:
    """Make a plan of a version, and keep it.

    Raises
    ------
    WorkRefused
        When the version is no scenario without faults, or has no such case.
    """
    asked = Asked(str(parameters["case"]), int(str(parameters["seed"])), float(str(parameters["time_limit_s"])))
    with course.acting():
        files = files_of_version(Version.objects.get(pk=str(parameters["of_version"])))
    try:
        made = _MAKERS[str(parameters["plan_kind"])](read_scenario(files), asked, course)
    except ScenarioRefused as refused:
        first = refused.faults[0]
        raise WorkRefused(
            f"The version has {len(refused.faults)} faults, the first: {first} Mend them first."
        ) from None
    except UnknownCase as refused:
        raise WorkRefused(str(refused)) from None
    with course.acting() as by:
        kept = keep_plan(
            title=str(parameters["title"]),
            made=made,
            inputs=asked.digest(files),
            asked={"case": asked.case, "seed": asked.seed, "time_limit_s": int(asked.time_limit_s)},
            of_version=Version.objects.get(pk=str(parameters["of_version"])),
            by=by,
            at=datetime.now(UTC),
        )
        course.made(kept.pk)


def prepare_release(parameters: Mapping[str, Json], course: Course) -> None:
    """Work out what of a plan may leave the headquarters, and propose it.

    Raises
    ------
    WorkRefused
        When the plan has gone on meanwhile, or nothing of it can be released after what was released before.
    """
    with course.acting():
        plan = Plan.objects.get(pk=str(parameters["plan"]))
        files, history = files_of(plan), releases_so_far()
    course.tell(None, gettext_noop("working out what may be released"))
    editions: bytes | None = None
    try:
        if plan.kind == Kind.MATCHING:
            edition, forms = matchings.release_forms(files, history)
            editions = encode_releases(history if edition in history else (*history, edition))
        else:
            forms = deployments.release_forms(files)
        with course.acting() as by:
            propose_release(
                plan=plan.pk,
                version=int(str(parameters["version"])),
                forms=forms,
                editions=editions,
                by=by,
                at=datetime.now(UTC),
            )
            course.made(plan.pk)
    except (AggregatesRefused, PlanRefused) as refused:
        raise WorkRefused(str(refused)) from None
