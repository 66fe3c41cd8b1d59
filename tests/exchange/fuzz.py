"""Broken scenarios by seed: bytes, cells, rows, columns and files of the ten-line scenario are mutated."""

import random
from collections.abc import Callable
from typing import Final

from exchange.scenario_files import Files, cells, table, ten_line
from muster.exchange.scenario import TABLES, CellKind, Scenario, ScenarioRefused, matching_problem, read_scenario

NASTY: Final = (
    "", " ", "0", "-1", "1e9", "NaN", "inf", "12,5", "99999999999999999999", "9" * 5000, "C+", "C+99999", "X+1",
    "C+1 25:00", "G-9999", "yes", "YES", "None", ";", "|", ";;", "a;b", "=1+1", "@SUM(A1)", '"', "'", ",", "\n", "\t",
    "\x00", "\x1b", "\ufeff", "\u202e", "\ud7ff", "é", "🚢", "<b>", "../../etc", "%s", "{}", "UKR", "POL;FRA", "base",
    "base;quick", "PLRZE", "het", "road", "people", "FRA-01", "HET-POL-01", "1435", "0.5", "A" * 200, "assumed",
)  # fmt: skip
"""Texts that have broken programs before, and words that are right somewhere else."""


def mutate(seed: int) -> Files:
    """Files of a scenario with one to four things changed."""
    chance = random.Random(seed)
    files = ten_line()
    for _ in range(chance.randint(1, 4)):
        if not files:
            break
        name = chance.choice(sorted(files))
        chance.choice(_MUTATIONS)(files, name, chance)
    return files


def survives(files: Files) -> Scenario | ScenarioRefused:
    """Read the files and use what was read; anything but a refusal with faults is a bug and is raised."""
    try:
        scenario = read_scenario(files)
    except ScenarioRefused as refusal:
        _prove_readable(refusal)
        return refusal
    for case in scenario.cases:
        inputs = scenario.movement_inputs(case)
        assert inputs.lines, "a case that is accepted has lines"
        matching = matching_problem(scenario, case)
        assert set(matching.countries) == {row.place for row in matching.requirements}
    return scenario


def _prove_readable(refusal: ScenarioRefused) -> None:
    assert refusal.faults, "a refusal names what is wrong"
    assert list(refusal.faults) == sorted(set(refusal.faults))
    assert all(fault.rule and fault.remedy and fault.file for fault in refusal.faults)
    assert all(len(str(fault)) < 2000 for fault in refusal.faults)


def _bytes(files: Files, name: str, chance: random.Random) -> None:
    document = bytearray(files[name])
    for _ in range(chance.randint(1, 8)):
        position = chance.randrange(len(document) + 1)
        what = chance.randrange(3)
        if what == 0 or not document:
            document[position:position] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
        elif what == 1:
            del document[position : position + chance.randint(1, 20)]
        else:
            document[position : position + 1] = bytes([chance.randrange(256)])
    files[name] = bytes(document)


def _cell(files: Files, name: str, chance: random.Random) -> None:
    _edit(files, name, lambda rows: _set(rows, chance, chance.choice(NASTY)))


def _plausible_cell(files: Files, name: str, chance: random.Random) -> None:
    """A cell that its column could hold: a number out of range, a word of the column, an id of another table."""
    described = TABLES.get(name.removesuffix(".csv"))
    if described is None:
        return
    column = chance.choice(described.columns)
    choices = {
        CellKind.WHOLE: ("0", "1", "7", str(int(column.high)), str(int(column.high) + 1)),
        CellKind.NUMBER: ("0", "0.5", "-3.25", "1000000"),
        CellKind.OFFSET: ("C+0", "C-30", "G+0", "D+3 12:00", "C+400"),
        CellKind.YES_NO: ("yes", "no", "maybe"),
        CellKind.COUNTRY: ("POL", "FRA", "XXX", "Poland"),
        CellKind.WORD: (*map(str, column.words), "word"),
        CellKind.KEY: ("PLRZE", "het", "inf-coy", "FRA-02", "base", "truck-8x8", "container-20", "nobody"),
        CellKind.TEXT: ("text", "C+1", "items", "h"),
    }[column.kind]

    def change(rows: list[list[str]]) -> None:
        if rows and column.name in rows[0] and len(rows) > 1:
            row = chance.choice(rows[1:])
            if len(row) == len(rows[0]):
                row[rows[0].index(column.name)] = chance.choice(choices)

    _edit(files, name, change)


def _row(files: Files, name: str, chance: random.Random) -> None:
    def change(rows: list[list[str]]) -> None:
        what = chance.randrange(4)
        position = chance.randrange(len(rows) + 1) if rows else 0
        if what == 0 and rows:
            rows.insert(position, list(chance.choice(rows)))
        elif what == 1 and rows:
            del rows[min(position, len(rows) - 1)]
        elif what == 2:
            rows.insert(position, [chance.choice(NASTY) for _ in range(chance.randint(0, 30))])
        else:
            chance.shuffle(rows)

    _edit(files, name, change)


def _column(files: Files, name: str, chance: random.Random) -> None:
    def change(rows: list[list[str]]) -> None:
        if not rows or not rows[0]:
            return
        position, what, title = chance.randrange(len(rows[0])), chance.randrange(3), chance.choice(NASTY)
        for number, row in enumerate(rows):
            if position >= len(row):
                continue
            if what == 0:
                del row[position]
            elif what == 1:
                row.insert(position, row[position])
            elif number == 0:
                row[position] = title

    _edit(files, name, change)


def _file(files: Files, name: str, chance: random.Random) -> None:
    what = chance.randrange(7)
    if what == 0:
        del files[name]
    elif what == 1:
        files[name] = b""
    elif what == 2:
        files[chance.choice(("stocks.csv", "Lines.csv", "areas.geojson", "lines.csv.csv"))] = files[name]
    elif what == 3:
        files[name] = files[chance.choice(sorted(files))]
    elif what == 4:
        files[name] = files[name].replace(b",", b";")
    elif what == 5:
        files[name] = files[name].decode("utf-8", "replace").encode("utf-16")
    else:
        files[name] = files[name].replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"")))


def _set(rows: list[list[str]], chance: random.Random, text: str) -> None:
    filled = [row for row in rows if row]
    if filled:
        row = chance.choice(filled)
        row[chance.randrange(len(row))] = text


def _edit(files: Files, name: str, change: Callable[[list[list[str]]], None]) -> None:
    """Change the rows of a table; a file that is no table any more gets its bytes changed at its end."""
    try:
        rows = cells(files[name])
    except Exception:  # noqa: BLE001 - whatever the standard library says of a broken file
        files[name] += b'"'
        return
    change(rows)
    files[name] = table(rows)


_MUTATIONS: Final = (_bytes, _cell, _cell, _plausible_cell, _plausible_cell, _row, _column, _file)
