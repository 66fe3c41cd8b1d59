from pathlib import Path

import pytest

from muster.cli.writing import replace_folder, write_file, write_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_written_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"old")
    write_files(tmp_path, {"a.txt": b"a", "b.txt": b"b"})
    assert contents(tmp_path) == {"old.txt": b"old", "a.txt": b"a", "b.txt": b"b"}
    write_file(tmp_path / "deep" / "c.txt", b"c")
    assert contents(tmp_path / "deep") == {"c.txt": b"c"}


def test_an_interruption_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    def full_disk(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path, {"a.txt": b"new", "b.txt": b"new"})
    with pytest.raises(OSError, match="No space left"):
        replace_folder(tmp_path / "folder", {"a.txt": b"new"}, stale=())
    assert contents(tmp_path) == {"a.txt": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_is_replaced_whole_and_keeps_what_is_not_stale(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "kept.txt").write_bytes(b"kept")
    for name in ("gone.csv", "changed.csv", "kept.md"):
        (folder / name).write_bytes(b"old")
    replace_folder(folder, {"changed.csv": b"new"}, stale=("gone.csv",))
    assert contents(folder) == {"changed.csv": b"new", "kept.md": b"old"}
    assert contents(folder / "sub") == {"kept.txt": b"kept"}
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
