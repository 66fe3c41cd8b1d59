"""A matching, its problem and its unit types written and read back."""

import gzip
from collections.abc import Callable

import pytest

from exchange.scenario_files import ten_line
from muster.exchange.matching_json import (
    UnreadableMatching,
    decode_matching,
    decode_problem,
    decode_unit_types,
    encode_matching,
    encode_problem,
    encode_unit_types,
)
from muster.exchange.scenario import read_scenario
from muster.exchange.scenario.matching_inputs import matching_problem
from muster.forces.matching.plan import Matching, Tour
from muster.reference import load_unit_types

MATCHING = Matching((Tour("O-2", 1, "R-1", 1, 4), Tour("O-2", 2, "R-1", 5, 4)))


def test_a_matching_problem_comes_back_as_it_was_and_equal_problems_give_equal_bytes() -> None:
    problem = matching_problem(read_scenario(ten_line())).without_caveats("FRA-air", "POL-tanks", "FRA-entry")
    again = matching_problem(read_scenario(ten_line())).without_caveats("FRA-entry", "POL-tanks", "FRA-air")
    assert decode_problem(encode_problem(problem)) == problem
    assert encode_problem(problem) == encode_problem(again)


def test_a_matching_and_unit_types_come_back_as_they_were() -> None:
    types = {name: load_unit_types()[name] for name in ("inf-coy", "eng-coy")}
    assert decode_matching(encode_matching(MATCHING)) == MATCHING
    assert decode_unit_types(encode_unit_types(types)) == types


@pytest.mark.parametrize(
    ("decode", "document", "why"),
    [
        (decode_problem, b"{}", "problem.json.gz: Not a gzipped file (b'{}')"),
        (decode_problem, gzip.compress(b"{}", mtime=0), "problem.json.gz: Object missing required field `title`"),
        (decode_matching, b"{", "matching.json: Input data was truncated"),
        (decode_unit_types, b'{"inf-coy": 1}', "unit_types.json: Expected `object`, got `int` - at `$[...]`"),
    ],
    ids=["not packed", "not a problem", "cut off", "not unit types"],
)
def test_a_broken_document_is_refused_by_name(decode: Callable[[bytes], object], document: bytes, why: str) -> None:
    with pytest.raises(UnreadableMatching) as refusal:
        decode(document)
    assert str(refusal.value) == f"{why}; write it again with `muster forces match`."
