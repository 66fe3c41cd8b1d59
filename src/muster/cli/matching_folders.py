"""Reading and writing the folders that ``muster forces match`` makes."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

from muster.cli.plan_folders import write_into
from muster.cli.telling import refuse
from muster.disclosure import Edition
from muster.exchange.answers_json import (
    ANSWERS_FILE,
    RELEASES_FILE,
    decode_answers,
    decode_releases,
)
from muster.exchange.matching_files import answer_files
from muster.exchange.matching_json import (
    MATCHING_FILE,
    PROBLEM_FILE,
    UNIT_TYPES_FILE,
    UnreadableMatching,
    decode_matching,
    decode_problem,
    decode_unit_types,
)
from muster.forces.matching.answers.answered import Answered
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.reference import UnitType

Value = TypeVar("Value")
SHOWN: Final = 5
"""Names told of those that do not fit."""


def read_matching(folder: Path) -> tuple[MatchingProblem, Matching]:
    """Problem and matching of a folder that ``match`` wrote."""
    missing = [name for name in (PROBLEM_FILE, MATCHING_FILE) if not (folder / name).is_file()]
    if missing:
        refuse(f"{folder} has no {', '.join(missing)}; write it with `muster forces match SCENARIO --out {folder}`.")
    problem = _read(folder / PROBLEM_FILE, decode_problem)
    matching = _read(folder / MATCHING_FILE, decode_matching)
    if strangers := list(_strangers(problem, matching)):
        told = "; ".join(strangers[:SHOWN]) + (f"; and {len(strangers) - SHOWN} more" if len(strangers) > SHOWN else "")
        refuse(f"{MATCHING_FILE} does not fit {PROBLEM_FILE}: {told}. Write both again with `muster forces match`.")
    return problem, matching


def read_unit_types(folder: Path) -> Mapping[str, UnitType]:
    """Unit types that the scenario of a matching had, as far as its folder keeps them."""
    path = folder / UNIT_TYPES_FILE
    return _read(path, decode_unit_types) if path.is_file() else {}


def read_answered(folder: Path) -> Answered:
    """What was answered about the matching in a folder."""
    path = folder / ANSWERS_FILE
    if not path.is_file():
        refuse(f"{folder} has no {ANSWERS_FILE}; write it with `muster forces match SCENARIO --out {folder}`.")
    matching = (folder / MATCHING_FILE).read_bytes()
    answered = _read(path, lambda document: decode_answers(document, matching))
    if answered is None:
        refuse(f"{path} belongs to another {MATCHING_FILE}; write both again with `muster forces match`.")
    return answered


def read_releases(folder: Path) -> tuple[Edition, ...]:
    """Releases of the series of a folder, oldest first."""
    path = folder / RELEASES_FILE
    return _read(path, decode_releases) if path.is_file() else ()


def write_answers(folder: Path, problem: MatchingProblem, matching: Matching, answered: Answered) -> None:
    """Write what was answered, and draw the report again."""
    write_into(folder, answer_files(problem, matching, answered, (folder / MATCHING_FILE).read_bytes()))


def _read(path: Path, decode: Callable[[bytes], Value]) -> Value:
    try:
        return decode(path.read_bytes())
    except UnreadableMatching as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{path} cannot be read: {error.strerror}; check the path and its permissions.")


def _strangers(problem: MatchingProblem, matching: Matching) -> Iterator[str]:
    """Offers, units and requirements of tours that the problem does not have, each told once."""
    units = {offer.offer_id: offer.quantity for offer in problem.offers}
    posts = {requirement.requirement_id for requirement in problem.requirements}
    told: set[str] = set()
    for tour in matching.tours:
        if tour.offer_id not in units:
            found = f'it has no offer "{tour.offer_id}"'
        elif not 1 <= tour.unit <= units[tour.offer_id]:
            found = f'offer "{tour.offer_id}" has no unit {tour.unit}'
        elif tour.requirement_id not in posts:
            found = f'it has no requirement "{tour.requirement_id}"'
        elif tour.first_month < 0 or tour.months < 1 or tour.end_month > problem.months:
            found = f'unit {tour.unit} of "{tour.offer_id}" serves outside the {problem.months} months planned'
        else:
            continue
        if found not in told:
            told.add(found)
            yield found
