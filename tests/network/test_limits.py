"""What a scenario says about the network is checked when it is said."""

import pytest

from muster.network import Anchor, Crossing, LinkOverride, Mode, VehicleLimits


def test_an_anchor_off_the_globe_is_refused() -> None:
    with pytest.raises(ValueError, match='Place "Lviv" is at 149'):
        Anchor("Lviv", 149.84, 24.03, "UKR")


def test_a_crossing_of_the_sea_is_refused() -> None:
    with pytest.raises(ValueError, match="use road, rail or both"):
        Crossing("Bosporus", 41.1, 29.05, frozenset({Mode.SEA}), ("TUR", "TUR"))


def test_limits_of_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        VehicleLimits(mlc=0)


def test_a_link_through_the_air_is_refused() -> None:
    with pytest.raises(ValueError, match="the air has no links"):
        LinkOverride("bridge", Mode.AIR, "Lviv", "Kyiv")


def test_a_link_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        LinkOverride("bridge", Mode.ROAD, "Lviv", "Kyiv", distance_m=0)


@pytest.mark.parametrize(
    ("link", "limits", "admitted"),
    [
        (LinkOverride("bridge", Mode.ROAD, mlc_max=60), VehicleLimits(mlc=60), True),
        (LinkOverride("bridge", Mode.ROAD, mlc_max=60), VehicleLimits(mlc=61), False),
        (LinkOverride("bridge", Mode.ROAD, mlc_max=60), VehicleLimits(height_cm=400), True),
        (LinkOverride("tunnel", Mode.ROAD, height_max_cm=400), VehicleLimits(height_cm=401), False),
        (LinkOverride("tunnel", Mode.ROAD, closed=True), None, False),
        (LinkOverride("tunnel", Mode.ROAD, height_max_cm=400), None, True),
    ],
)
def test_a_link_admits_what_it_bears(link: LinkOverride, limits: VehicleLimits | None, admitted: bool) -> None:
    assert link.admits(limits) is admitted
