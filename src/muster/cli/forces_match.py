"""The command that matches offers to requirements and writes everything needed to use the matching again."""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from muster.cli.course import seconds_to
from muster.cli.folders import read_scenario_folder
from muster.cli.matching_folders import read_matching, read_releases
from muster.cli.plan_folders import refuse_unusable, write_into
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse, say
from muster.exchange.answers_json import RELEASES_FILE, encode_releases
from muster.exchange.matching_files import matching_files
from muster.exchange.matching_json import UNIT_TYPES_FILE, encode_unit_types
from muster.exchange.matching_summary import show
from muster.exchange.plan_names import SUMMARY_FILE
from muster.exchange.scenario import Scenario, UnknownCase
from muster.exchange.scenario.matching_inputs import USUAL_MONTHS, matching_problem
from muster.exchange.scenario.names import Suggestions
from muster.forces import BurdenKey, Gate
from muster.forces.matching.answers.answered import Answered
from muster.forces.matching.answers.asking import REMATCHES, USUAL, Asker, answer_usual, begin_answers
from muster.forces.matching.checks import check
from muster.forces.matching.compiled import is_made
from muster.forces.matching.gate_scenarios import GateScenario, UnreadableGateChange, change_gates
from muster.forces.matching.needs import list_needs
from muster.forces.matching.plan import Tour
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import Progress, solve

TOLD_EVERY_S: Final = 1.0
"""Seconds between two reports of progress."""
ANSWERS_S: Final = 90.0
"""Seconds for all answers together, unless told."""


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--case", help="Case of the scenario.  [default: the scenario's own]")
@click.option("--months", default=USUAL_MONTHS, show_default=True, type=click.IntRange(1, 120), help="Months planned.")
@click.option(
    "--gates",
    default=GateScenario.EXPECTED.value,
    show_default=True,
    type=click.Choice([scenario.value for scenario in GateScenario]),
    help="What is supposed of closed gates: they open when expected, not at all, or are open from the beginning.",
)
@click.option(
    "--gate",
    "gate_changes",
    multiple=True,
    metavar="ID=STATE",
    help="Suppose a gate open, closed, refused, or to open on a day such as C+30; may be given several times.",
)
@click.option(
    "--burden-key",
    default=BurdenKey.ARMED_FORCES.value,
    show_default=True,
    type=click.Choice([key.value for key in BurdenKey]),
    help="By what the fair share of a nation is measured.",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with an earlier matching, of which as much as possible is kept.",
)
@click.option(
    "--time-limit-s",
    default=30.0,
    show_default=True,
    callback=seconds_to("work"),
    help="Seconds for matching; a first matching is always finished. Answers add to it.",
)
@click.option(
    "--answers-s",
    default=ANSWERS_S,
    show_default=True,
    callback=seconds_to("work"),
    help="Seconds for reasons and prices; what is not worked out by then is told.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the search; equal seeds search alike.")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the matching; made if need be, an older one in it is replaced.",
)
def match(
    scenario: Path, case: str | None, months: int, gates: str, gate_changes: tuple[str, ...], burden_key: str,
    previous: Path | None, time_limit_s: float, answers_s: float, seed: int, folder: Path,
) -> None:  # fmt: skip
    """Match what nations offer to what the force needs in a case of SCENARIO, month by month.

    Writes the matching, what is proved of it, why requirements are short, and what caveats, gates and nations are
    worth. Ctrl-C stops with the best matching so far, written whole; a second one ends at once and writes nothing.
    """
    given = read_scenario_folder(scenario)
    problem = _problem(given, case, months=months, gates=GateScenario(gates), burden_key=BurdenKey(burden_key))
    if gate_changes:
        problem = replace(problem, gates=changed_gates(problem.gates, gate_changes))
        problem = replace(problem, gate_scenario=", ".join((gates, *gate_changes)))
    if previous is not None:
        problem = replace(problem, previous=_tours_of(previous))
    refuse_unusable(folder)
    extra = {UNIT_TYPES_FILE: _unit_types(given, problem)}
    if previous is not None and (history := read_releases(previous)):
        extra[RELEASES_FILE] = encode_releases(history)
    make(problem, folder, time_limit_s=time_limit_s, answers_s=answers_s, seed=seed, extra=extra)


def make(
    problem: MatchingProblem,
    folder: Path,
    *,
    time_limit_s: float,
    answers_s: float,
    seed: int,
    extra: dict[str, bytes],
) -> None:
    """Match, ask, check, write and show; ends with exit code 1 where the check finds something.

    Parameters
    ----------
    extra
        Further files for the folder, by name.
    """
    say(f"{len(problem.requirements)} requirements, {len(problem.offers)} offers, {problem.months} months")
    if not is_made():
        say("making the machine code of the matching: about half a minute, once for this installation")
    with stopping_at_ctrl_c("the best matching so far") as is_asked:
        result = solve(
            problem, seed=seed, time_limit_s=time_limit_s, on_progress=_Course(problem).show, should_stop=is_asked
        )
        matching, answered = result.matching, begin_answers(problem, result, seed)
        asker = Asker(
            problem,
            matching,
            answered,
            seconds=answers_s,
            rematches=REMATCHES,
            count=len(USUAL),
            is_asked_to_stop=is_asked,
            tell=say,
        )
        answered = answer_usual(asker, problem, matching, answered)
    say("checking the matching and drawing its report")
    files = matching_files(problem, matching, answered)
    write_into(folder, {**files, **extra})
    for line in show(json.loads(files[SUMMARY_FILE])):
        click.echo(line)
    tell_cut_short(answered)
    click.echo(f"Matching: {folder}")
    if findings := len(check(problem, matching)):
        click.echo(f"{findings} finding{'s' if findings > 1 else ''}; see: muster forces check {folder}", err=True)
        sys.exit(1)


def tell_cut_short(answered: Answered) -> None:
    """Say which answers are not whole."""
    if answered.cut_short:
        names = ", ".join(answered.cut_short)
        say(f"the time was over before all was worked out of: {names}; give a longer --answers-s")


def changed_gates(gates: tuple[Gate, ...], changes: Sequence[str]) -> tuple[Gate, ...]:
    """Gates with changes made; one that cannot be made ends the command."""
    try:
        return change_gates(gates, changes)
    except UnreadableGateChange as error:
        named = error.change.partition("=")[0].strip()
        near = Suggestions(gate.gate_id for gate in gates).find(named)
        is_known = any(gate.gate_id == named for gate in gates)
        refuse(str(error) + (f' Did you mean "{near}"?' if near and not is_known else ""))


def _problem(
    scenario: Scenario, case: str | None, *, months: int, gates: GateScenario, burden_key: BurdenKey
) -> MatchingProblem:
    try:
        problem = matching_problem(scenario, case, months=months, gates=gates, burden_key=burden_key)
    except UnknownCase as error:
        refuse(str(error))
    if not problem.requirements:
        refuse(f'Case "{problem.case}" has no requirements; fill in requirements.csv, or choose another case.')
    return problem


def _tours_of(previous: Path) -> tuple[Tour, ...]:
    _, matching = read_matching(previous)
    return matching.tours


def _unit_types(scenario: Scenario, problem: MatchingProblem) -> bytes:
    """The unit types that the offers name, with their holdings: the movement planner asks for them."""
    known = scenario.catalogue(problem.case).unit_types
    named = sorted({offer.unit_type for offer in problem.offers if offer.unit_type is not None})
    return encode_unit_types({name: known[name] for name in named})


class _Course:
    """Tells how far the matching is, every second and when every part has an answer."""

    def __init__(self, problem: MatchingProblem) -> None:
        self._whole = max(1, sum(need.worth for need in list_needs(problem)))
        self._told, self._parts_told = 0.0, 0

    def show(self, progress: Progress) -> None:
        """Tell parts, coverage and bound of the parts that are done."""
        now = time.monotonic()
        is_last = self._parts_told < progress.parts_done == progress.parts
        if not is_last and now - self._told < TOLD_EVERY_S:
            return
        self._told, self._parts_told = now, progress.parts_done
        say(
            f"{progress.elapsed_s:6.1f} s  {progress.parts_done} of {progress.parts} parts  "
            f"covered {progress.value / self._whole:.2%}  at most {progress.bound / self._whole:.2%}"
        )
