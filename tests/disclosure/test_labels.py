import pytest

from muster.disclosure import Label, LabelRefused, Marking


def test_label_reads_what_it_writes() -> None:
    label = Label("FRA", Marking.RESTRICTED, frozenset({"FRA", "GBR"}))
    assert str(label) == "FRA/restricted/FRA+GBR"
    assert Label.parse(str(label)) == label


def test_owner_and_named_nations_see_and_no_one_else() -> None:
    label = Label.parse("FRA/restricted/GBR")
    assert [nation for nation in ("FRA", "GBR", "POL") if label.is_releasable_to(nation)] == ["FRA", "GBR"]
    assert Label.parse("FRA/open/ALL").is_releasable_to("POL")
    assert not Label.parse("FRA/sensitive/").is_releasable_to("GBR")


@pytest.mark.parametrize(
    "text", ["FRA", "FRA/secret/GBR", "fr/open/ALL", "ALL/open/ALL", "FRA/open/ALL+GBR", "FRA/open/G8"]
)
def test_label_that_says_nothing_clear_is_refused(text: str) -> None:
    with pytest.raises(LabelRefused, match="write it like"):
        Label.parse(text)
