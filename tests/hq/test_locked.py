"""A file locked by a pass phrase opens with it, and with no change to any part of it."""

import io
from pathlib import Path

import pytest

from muster.hq.keeping import locked
from muster.hq.keeping.locked import LockRefused, lock, read_passphrase, unlock

PASSPHRASE = "quiet harbour lanterns at noon"
HEAD = 16 + 16 + 32
SEALED = 10 + 16


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of ten bytes, and a key that takes no time."""
    monkeypatch.setattr(locked, "CHUNK", 10)
    monkeypatch.setattr(locked, "_COST", 2)


def made(path: Path, text: bytes) -> Path:
    with path.open("wb") as file:
        lock(io.BytesIO(text), file, PASSPHRASE)
    return path


def opened(path: Path, passphrase: str = PASSPHRASE) -> bytes:
    text = io.BytesIO()
    unlock(path, text, passphrase)
    return text.getvalue()


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 20, 25])
def test_a_text_of_any_length_comes_back(tmp_path: Path, length: int) -> None:
    text = bytes(range(length))
    path = made(tmp_path / "x", text)
    assert opened(path) == text
    assert path.stat().st_size == HEAD + length + 16 * max(1, -(-length // 10))


def test_equal_texts_are_locked_differently(tmp_path: Path) -> None:
    assert made(tmp_path / "x", b"text").read_bytes()[16:] != made(tmp_path / "y", b"text").read_bytes()[16:]


def test_another_pass_phrase_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(LockRefused, match="does not open with this pass phrase; give the one that it was locked with"):
        opened(made(tmp_path / "x", b"text"), PASSPHRASE.upper())


def test_no_byte_can_be_changed(tmp_path: Path) -> None:
    whole = made(tmp_path / "x", bytes(25)).read_bytes()
    for place in range(len(whole)):
        (tmp_path / "x").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(LockRefused):
            opened(tmp_path / "x")


def test_nothing_can_be_cut_off_added_moved_or_left_out(tmp_path: Path) -> None:
    path = made(tmp_path / "x", bytes(30))
    whole = path.read_bytes()
    head, chunks = whole[:HEAD], [whole[HEAD + SEALED * n :][:SEALED] for n in range(3)]
    first, second, third = chunks
    for parts in ([first, second], [first, third], [second, first, third], [first, second, third, third], [], [first]):
        path.write_bytes(head + b"".join(parts))
        with pytest.raises(LockRefused, match="is altered or cut off in its chunk [123]; use another backup"):
            opened(path)
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(LockRefused):
            opened(path)


def test_chunks_of_another_file_do_not_fit(tmp_path: Path) -> None:
    one, other = made(tmp_path / "x", bytes(20)).read_bytes(), made(tmp_path / "y", bytes(20)).read_bytes()
    (tmp_path / "x").write_bytes(one[: HEAD + SEALED] + other[HEAD + SEALED :])
    with pytest.raises(LockRefused, match="chunk 2"):
        opened(tmp_path / "x")


def test_a_pass_phrase_is_read_without_the_end_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(f" {PASSPHRASE} \r\n".encode())
    assert read_passphrase(tmp_path / "x") == f" {PASSPHRASE} "
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    with pytest.raises(LockRefused, match="is no text; keep a pass phrase in it"):
        read_passphrase(tmp_path / "x")
