"""The command that supposes something and says what it changes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from muster.cli.course import seconds_to
from muster.cli.forces_match import ANSWERS_S, changed_gates, make
from muster.cli.matching_folders import read_answered, read_matching, read_releases, write_answers
from muster.cli.plan_folders import refuse_unusable
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse, say
from muster.exchange.answers_json import RELEASES_FILE, encode_releases
from muster.exchange.matching_json import UNIT_TYPES_FILE
from muster.exchange.matching_summary import percent, row
from muster.exchange.scenario.names import Suggestions
from muster.forces.matching.answers.asking import Asker
from muster.forces.matching.answers.whatif import suppose_all
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.answer_rows import WhatIfRow
from muster.forces.matching.reporting.report import Report, report

SHOWN = 8
"""Rows of each ranking that a terminal shows."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--withdraw", multiple=True, metavar="NATION", help="Suppose that a nation withdraws all it offers.")
@click.option("--lift", multiple=True, metavar="CAVEAT", help="Suppose that a caveat is lifted.")
@click.option(
    "--gate",
    "gates",
    multiple=True,
    metavar="ID=STATE",
    help="Suppose a gate open, closed, refused, or to open on a day such as C+30.",
)
@click.option(
    "--time-limit-s", default=30.0, show_default=True, callback=seconds_to("work"), help="Seconds for matching again."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the matching under the supposition, with few changes.  [default: none is written]",
)
def whatif(
    folder: Path, withdraw: tuple[str, ...], lift: tuple[str, ...], gates: tuple[str, ...], time_limit_s: float,
    out: Path | None,
) -> None:  # fmt: skip
    """Suppose that nations withdraw, caveats are lifted or gates change, all at once, and match again.

    Says what is covered before and after, and who gains and loses. Options may be given several times. Keeps the answer
    beside the matching in DIR and draws its report again.
    """
    if not (withdraw or lift or gates):
        raise click.UsageError("Nothing is supposed; give --withdraw, --lift or --gate.")
    problem, matching = read_matching(folder)
    answered = read_answered(folder)
    changed = _supposed(problem, withdraw, lift, gates)
    if out is not None:
        _refuse_same(out, folder)
        refuse_unusable(out)
    changes = (
        *(f"withdraw {each}" for each in withdraw),
        *(f"lift {each}" for each in lift),
        *(f"gate {each}" for each in gates),
    )
    with stopping_at_ctrl_c("what is found so far") as is_asked:
        asker = Asker(
            problem, matching, answered, seconds=time_limit_s, rematches=2, is_asked_to_stop=is_asked, tell=say
        )
        found = asker.ask(", ".join(changes), lambda again: suppose_all(again, changed, changes))
    others = tuple(each for each in answered.whatifs if each.changes != changes)
    answered = replace(answered, whatifs=(*others, found))
    write_answers(folder, problem, matching, answered)
    told = report(problem, matching, answered)
    for line in _show(told, told.whatifs[-1]):
        click.echo(line)
    click.echo(f"Report: {(folder / 'report.html').resolve()}")
    if out is not None:
        again = replace(changed, previous=matching.tours)
        make(again, out, time_limit_s=time_limit_s, answers_s=ANSWERS_S, seed=answered.seed, extra=_carried(folder))


def _supposed(
    problem: MatchingProblem, nations: Iterable[str], caveats: Iterable[str], gates: tuple[str, ...]
) -> MatchingProblem:
    """The problem with everything supposed; names that are not there end the command, all told together."""
    offering = sorted({offer.nation for offer in problem.offers})
    serving = [caveat.caveat_id for caveat in problem.caveats if caveat.concerns_service]
    faults = [
        *_unknown(nations, offering, "nation", "offers anything", "Nations that offer"),
        *_unknown(caveats, serving, "caveat of service", "is called that", "Caveats of service"),
    ]
    if faults:
        refuse("\n".join(faults))
    changed = replace(problem, gates=changed_gates(problem.gates, gates)) if gates else problem
    for nation in nations:
        changed = changed.without_nation(nation)
    return changed.without_caveats(*caveats)


def _unknown(named: Iterable[str], known: list[str], what: str, does: str, all_of: str) -> Iterator[str]:
    suggestions = Suggestions(known)
    for name in named:
        if name not in known:
            listed = f"{all_of}: {', '.join(known) or 'none'}."
            yield f'No {what} "{name}" {does}. {suggestions.remedy(name, listed)}'


def _refuse_same(out: Path, folder: Path) -> None:
    if out.exists() and out.samefile(folder):
        refuse(f"{out} holds the matching as it is; name another folder with --out.")


def _carried(folder: Path) -> dict[str, bytes]:
    """Files that go along into the folder of a changed matching."""
    carried = {}
    if (folder / UNIT_TYPES_FILE).is_file():
        carried[UNIT_TYPES_FILE] = (folder / UNIT_TYPES_FILE).read_bytes()
    if history := read_releases(folder):
        carried[RELEASES_FILE] = encode_releases(history)
    return carried


def _show(told: Report, found: WhatIfRow) -> Iterator[str]:
    yield row("supposed", found.changes)
    yield row("covered before", percent(found.before))
    proved = "proved" if found.is_proved else f"at most {percent(found.after_bound)}"
    yield row("covered after", f"{percent(found.after)}, {proved}")
    yield row("change", f"{100 * (found.after - found.before):+.2f} points")
    names = {each.requirement_id: each.name for each in told.cover}
    for requirement, days in found.touches[:SHOWN]:
        yield row("  gains" if days > 0 else "  loses", f"{requirement} {names[requirement]}: {days:+d} element-days")
    if len(found.touches) > SHOWN:
        yield row("  and", f"{len(found.touches) - SHOWN} more requirements")
    for nation, people in found.by_nation[:SHOWN]:
        yield row("  serves more" if people > 0 else "  serves less", f"{nation}: {people:+d} people-months")
    if not found.touches and not found.by_nation:
        yield row("", "Nothing changes.")
