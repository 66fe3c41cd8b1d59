"""Words have a meaning, a class, and a source unless they are our own."""

from pages import DOCS

CLASSES = {"N", "U", "T", "M"}


def rows() -> list[list[str]]:
    lines = (DOCS / "words.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]


def test_every_word_has_meaning_class_and_source() -> None:
    for word, meaning, source, kind in rows():
        assert word
        assert meaning
        assert kind in CLASSES, word
        assert source or kind == "M", f"{word} comes from elsewhere and names no source"


def test_words_stand_once_and_in_order() -> None:
    words = [row[0].casefold() for row in rows()]
    assert words == sorted(set(words))
