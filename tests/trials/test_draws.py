import pytest

from muster.trials import Draws


def test_equal_questions_give_equal_numbers_in_any_order() -> None:
    draws = Draws(7)
    first = draws.stream("train 1", replication=3).random(4).tolist()
    draws.stream("ship 2", replication=3).random(9)
    assert draws.stream("train 1", replication=3).random(4).tolist() == first


def test_other_subject_replication_or_seed_gives_other_numbers() -> None:
    base = Draws(7).stream("train 1").random()
    others = [Draws(7).stream("train 2"), Draws(7).stream("train 1", replication=1), Draws(8).stream("train 1")]
    assert base not in [other.random() for other in others]


def test_negative_seed_and_replication_are_refused() -> None:
    with pytest.raises(ValueError, match="Seed -1 is negative"):
        Draws(-1)
    with pytest.raises(ValueError, match="Replication -1"):
        Draws(1).stream("x", replication=-1)
