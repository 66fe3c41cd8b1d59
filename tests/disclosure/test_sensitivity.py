import pytest

from muster.disclosure import is_sensitive


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([], False),
        ([5], True),
        ([5, 5], True),
        ([5, 5, 5], False),
        ([100, 60, 15], False),
        ([100, 60, 14], True),
        ([60, 100, 5, 5, 5], False),
    ],
)
def test_a_number_is_sensitive_by_few_contributors_or_by_large_ones(amounts: list[int], expected: bool) -> None:
    assert is_sensitive(amounts, threshold=3, p_percent=15) is expected
