import random
from collections import Counter
from pathlib import Path

import pytest

from exchange.fuzz import mutate, survives
from exchange.scenario_files import ten_line
from muster.exchange import xlsx
from muster.exchange.scenario import ScenarioRefused, read_scenario

SLICE = 300
PROOF = 10_000
WORKBOOKS = 40


def test_a_broken_scenario_is_refused_or_used_but_never_ends_in_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcomes = Counter(isinstance(survives(mutate(seed)), ScenarioRefused) for seed in range(SLICE))
    assert outcomes[True] > SLICE // 2, "most mutations break something"
    assert outcomes[False] > 10, "some mutations leave a scenario that can be used"
    assert list(tmp_path.iterdir()) == [], "reading writes nothing"


@pytest.mark.proofs
def test_ten_thousand_broken_scenarios_end_in_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for seed in range(SLICE, SLICE + PROOF):
        survives(mutate(seed))
    assert list(tmp_path.iterdir()) == [], "reading writes nothing"


def test_a_broken_workbook_is_refused_or_read_but_never_ends_in_a_traceback() -> None:
    whole = xlsx.encode(read_scenario(ten_line()))
    for seed in range(WORKBOOKS):
        chance = random.Random(seed)
        document = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            document[chance.randrange(len(document))] = chance.randrange(256)
        cut = len(document) if seed % 3 else chance.randrange(len(document))
        try:
            survives(xlsx.decode(bytes(document[:cut])))
        except ScenarioRefused:
            continue
