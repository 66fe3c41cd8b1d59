"""Making a matching of offers to requirements, and reading one that a folder holds."""

import json
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop

from muster.disclosure import Edition
from muster.disclosure.labels import EVERY_NATION
from muster.exchange.answers_json import ANSWERS_FILE, decode_answers
from muster.exchange.matching_files import matching_files
from muster.exchange.matching_json import MATCHING_FILE, PROBLEM_FILE, decode_matching, decode_problem
from muster.exchange.plan_names import SUMMARY_FILE
from muster.exchange.report_html.matching_page import draw_nation_matching, draw_releasable_matching
from muster.exchange.scenario import Scenario, matching_problem
from muster.forces.matching.answers.asking import REMATCHES, USUAL, Asker, answer_usual, begin_answers
from muster.forces.matching.checks import check
from muster.forces.matching.coverage import coverage
from muster.forces.matching.needs import list_needs
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.nation_view import nation_report
from muster.forces.matching.reporting.releasable import edition_of, releasable
from muster.forces.matching.reporting.rotation import list_tours
from muster.forces.matching.solve import Progress, solve
from muster.hq.boundary.masks import OBSERVERS
from muster.hq.plans.choices import Kind
from muster.hq.plans.made import Asked, Course, Made, MadeLine

ANSWERS_SHARE: Final = 0.5
"""Share of the time for reasons and prices; the rest is for matching."""


def make_matching(scenario: Scenario, asked: Asked, course: Course) -> Made:
    """Match the offers of a case to its requirements, ask the usual questions, and check.

    Raises
    ------
    UnknownCase
        When the scenario has no such case.
    """
    problem = matching_problem(scenario, asked.case or None)
    matching_s = asked.time_limit_s * (1 - ANSWERS_SHARE)

    def show(progress: Progress) -> None:
        covered = f"{progress.parts_done} of {progress.parts} parts"
        course.tell(min(0.5, 0.5 * progress.elapsed_s / max(1.0, matching_s)), covered)

    course.tell(0.0, gettext_noop("matching"))
    result = solve(
        problem, seed=asked.seed, time_limit_s=matching_s, on_progress=show, should_stop=course.should_stop
    )  # fmt: skip
    begun = begin_answers(problem, result, asked.seed)
    done = iter(range(len(USUAL) + 1))
    asker = Asker(
        problem,
        result.matching,
        begun,
        seconds=asked.time_limit_s * ANSWERS_SHARE,
        rematches=REMATCHES,
        count=len(USUAL),
        is_asked_to_stop=course.should_stop,
        tell=lambda text: course.tell(0.5 + 0.5 * next(done) / (len(USUAL) + 1), text),
    )
    answered = answer_usual(asker, problem, result.matching, begun)
    course.tell(0.99, gettext_noop("checking and drawing the report"))
    return told_matching(problem, result.matching, matching_files(problem, result.matching, answered))


def read_matching(files: Mapping[str, bytes]) -> Made:
    """A matching that ``muster forces match`` wrote."""
    problem, matching = decode_problem(files[PROBLEM_FILE]), decode_matching(files[MATCHING_FILE])
    return told_matching(problem, matching, files)


def told_matching(problem: MatchingProblem, matching: Matching, files: Mapping[str, bytes]) -> Made:
    """A matching with a line for each tour of a unit."""
    return Made(
        kind=Kind.MATCHING,
        case=problem.case,
        figures=json.loads(files[SUMMARY_FILE]),
        files=files,
        lines=_lines(problem, matching),
        findings=len(check(problem, matching)),
    )


def release_forms(files: Mapping[str, bytes], history: tuple[Edition, ...]) -> tuple[Edition, dict[str, bytes]]:
    """What everybody, and each nation that offers, may see of a matching, by whom it is for.

    Parameters
    ----------
    history
        Releases before, the oldest first: nothing may follow from all of them together.

    Raises
    ------
    AggregatesRefused
        When the history is no series.
    """
    problem, matching = decode_problem(files[PROBLEM_FILE]), decode_matching(files[MATCHING_FILE])
    answered = decode_answers(files[ANSWERS_FILE], files[MATCHING_FILE])
    edition = edition_of(problem, matching, history)
    for_all = draw_releasable_matching(releasable(problem, edition.release))
    forms = {EVERY_NATION: for_all, OBSERVERS: for_all}
    for nation in sorted({offer.nation for offer in problem.offers}):
        unused = None if answered is None else answered.unused
        seen = nation_report(problem, matching, nation, release=edition.release, unused=unused)
        forms[nation] = draw_nation_matching(seen)
    return edition, forms


def coverage_by_month(files: Mapping[str, bytes]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Elements covered and needed in each month, by requirement."""
    problem, matching = decode_problem(files[PROBLEM_FILE]), decode_matching(files[MATCHING_FILE])
    found = coverage(problem, matching)
    return {
        requirement.requirement_id: tuple(
            (int(covered), int(needed)) for covered, needed in zip(found.covered[row], found.needed[row], strict=True)
        )
        for row, requirement in enumerate(problem.requirements)
    }


def _lines(problem: MatchingProblem, matching: Matching) -> tuple[MadeLine, ...]:
    """A line for each tour; units of an offer stand for each other, so tours are counted as they begin."""
    names = {offer.offer_id: offer.name for offer in problem.offers}
    places = {row.requirement_id: (row.name, row.place) for row in problem.requirements}
    count: dict[tuple[str, str], int] = {}
    lines = []
    for tour in sorted(list_tours(problem, matching, list_needs(problem)), key=lambda tour: (tour.start_d, tour.unit)):
        pair = tour.offer_id, tour.requirement_id
        count[pair] = count.get(pair, 0) + 1
        serves_in, place = places[tour.requirement_id]
        lines.append(
            MadeLine(
                nation=tour.nation,
                key=f"{tour.offer_id} {tour.requirement_id} {count[pair]}",
                name=f"{names[tour.offer_id]}, {serves_in}",
                start_d=tour.start_d,
                end_d=tour.end_d,
                late_d=0,
                told={
                    "offer": tour.offer_id,
                    "unit": tour.unit,
                    "requirement": tour.requirement_id,
                    "place": place,
                    "people": tour.people,
                    "there by": tour.there_d,
                    "away until": tour.away_until_d,
                },
                why="",
            )
        )
    return tuple(lines)
