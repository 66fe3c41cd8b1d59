from collections import Counter
from pathlib import Path

import pytest

from exchange.fuzz import mutate, survives
from muster.exchange.scenario import ScenarioRefused

SLICE = 300
PROOF = 10_000


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
