"""Unit values beside the plan that they were worked out for."""

import pytest

from exchange.test_report_html import one_more_bus
from muster.exchange.unit_values_json import UnreadableUnitValues, decode, encode


def test_unit_values_come_back_as_they_went() -> None:
    assert decode(encode(one_more_bus(), b"plan"), b"plan") == one_more_bus()


def test_unit_values_of_another_plan_are_none() -> None:
    assert decode(encode(one_more_bus(), b"plan"), b"a newer plan") is None


@pytest.mark.parametrize("document", [b"{", b"[]", b'{"plan_sha256": "x"}', b"\xff"])
def test_what_holds_no_unit_values_is_refused_with_a_remedy(document: bytes) -> None:
    with pytest.raises(UnreadableUnitValues, match="write it again with `muster movement value`, or delete it"):
        decode(document, b"plan")
