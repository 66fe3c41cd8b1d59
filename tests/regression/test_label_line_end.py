"""A code with a line end after it was taken for a nation, in a label that no record could hold."""

import pytest

from muster.disclosure import Label, LabelRefused, Marking


@pytest.mark.parametrize(("owner", "nations"), [("FRA\n", frozenset()), ("FRA", frozenset({"GBR\n"}))])
def test_a_line_end_is_no_part_of_a_nation(owner: str, nations: frozenset[str]) -> None:
    with pytest.raises(LabelRefused, match="which is not a nation"):
        Label(owner, Marking.OPEN, nations)
