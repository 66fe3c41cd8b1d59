"""Masks of principals and the text of the context."""

import hashlib
from datetime import UTC, datetime

import pytest

from muster.hq.boundary.context import Viewer, signed
from muster.hq.boundary.masks import Masks, bits_of, masks_of
from muster.hq.context_key import Key

AT = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
POLAND = Viewer(account="7", owner="POL", clearance=2, masks=Masks(9, 0))


def test_bits_and_masks_say_the_same() -> None:
    assert masks_of({0, 62, 63, 125}) == Masks(1 | 1 << 62, 1 | 1 << 62)
    assert bits_of(masks_of({0, 62, 63, 125})) == {0, 62, 63, 125}
    assert masks_of(()) == Masks(0, 0)


def test_a_principal_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="Principal 126 does not fit"):
        masks_of({126})


def test_the_context_is_signed_over_all_that_it_says() -> None:
    text = signed(POLAND, Key("k1", b"secret"), at=AT)
    assert text.rsplit("|", 1)[0] == f"k1|7|POL|2|9|0|{int(AT.timestamp()) + 600}"
    assert text != signed(POLAND, Key("k1", b"another"), at=AT)


def test_the_paddings_are_those_of_hmac() -> None:
    inner, outer = Key("k1", b"secret").paddings()
    payload, mac = signed(POLAND, Key("k1", b"secret"), at=AT).rsplit("|", 1)
    assert hashlib.sha256(outer + hashlib.sha256(inner + payload.encode()).digest()).hexdigest() == mac


def test_a_name_cannot_pose_as_another_field() -> None:
    with pytest.raises(ValueError, match="which parts the context"):
        Viewer(account="7|POL", owner="", clearance=0, masks=Masks(0, 0))
