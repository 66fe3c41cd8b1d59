"""The files that a matching is kept as: with them it can be checked, asked and told again."""

from muster.exchange.answers_json import ANSWERS_FILE, encode_answers
from muster.exchange.matching_json import MATCHING_FILE, PROBLEM_FILE, encode_matching, encode_problem
from muster.exchange.matching_summary import summarise
from muster.exchange.matching_tables import COVERAGE_FILE, WORKBOOK_FILE, encode_coverage, encode_workbook
from muster.exchange.plan_files import as_json
from muster.exchange.plan_names import REPORT_FILE, SUMMARY_FILE
from muster.exchange.report_html.matching_page import draw_matching
from muster.forces.matching.answers.answered import Answered
from muster.forces.matching.checks import check
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.report import report


def matching_files(problem: MatchingProblem, matching: Matching, answered: Answered) -> dict[str, bytes]:
    """The files of a folder with a matching, by name; those of the answers among them."""
    document = encode_matching(matching)
    return {
        PROBLEM_FILE: encode_problem(problem),
        MATCHING_FILE: document,
        **answer_files(problem, matching, answered, document),
    }


def answer_files(problem: MatchingProblem, matching: Matching, answered: Answered, document: bytes) -> dict[str, bytes]:
    """The files that tell of answers, by name.

    Parameters
    ----------
    document
        The matching as its file holds it.
    """
    findings = check(problem, matching)
    told = report(problem, matching, answered, findings=findings)
    return {
        ANSWERS_FILE: encode_answers(answered, document),
        SUMMARY_FILE: as_json(summarise(told, seed=answered.seed)),
        COVERAGE_FILE: encode_coverage(told),
        WORKBOOK_FILE: encode_workbook(told),
        REPORT_FILE: draw_matching(told),
    }
