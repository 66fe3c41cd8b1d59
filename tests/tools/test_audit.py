"""What an audit of the lock file tells: faults, none, or that the list could not be asked."""

import pytest

from tools.audit import UNREACHED, judge


@pytest.mark.parametrize(
    ("code", "told", "expected"),
    [
        (0, "Found no known vulnerabilities\n", (0, "Found no known vulnerabilities")),
        (1, "django 1.0 has 1 known vulnerability: PYSEC-1\n", (1, "django 1.0 has 1 known vulnerability: PYSEC-1")),
    ],
)
def test_what_the_list_says_is_told_as_it_is(code: int, told: str, expected: tuple[int, str]) -> None:
    assert judge(code, told) == expected


def test_a_list_that_cannot_be_asked_says_nothing_good() -> None:
    code, told = judge(2, "error sending request for url: dns error")
    assert (code, "nothing is known" in told) == (UNREACHED, True)
