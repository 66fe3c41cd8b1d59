"""Every room has a page that lists its files."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/muster"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())
CODE = re.compile(r"`([^`]+)`")


def listed(readme: str) -> list[str]:
    """Patterns of files that a README names; in the row of a folder, files go without the folder."""
    patterns: list[str] = []
    for line in readme.splitlines():
        names = CODE.findall(line)
        folder = names[0] if names and names[0].endswith("/") and line.startswith("| ") else ""
        patterns += [name if "/" in name else folder + name for name in names if name.endswith(".py")]
    return patterns


@pytest.mark.parametrize("room", ROOMS)
def test_the_readme_of_a_room_lists_each_of_its_files(room: str) -> None:
    patterns = listed((PACKAGE / room / "README.md").read_text(encoding="utf-8"))
    files = [path.relative_to(PACKAGE / room).as_posix() for path in (PACKAGE / room).rglob("*.py")]
    own = [name for name in files if not name.endswith("__init__.py")]
    missing = sorted(name for name in own if not any(fnmatchcase(name, pattern) for pattern in patterns))
    assert missing == [], f"src/muster/{room}/README.md lacks {', '.join(missing)}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_readme_of_a_room_names_no_file_that_is_gone(room: str) -> None:
    patterns = listed((PACKAGE / room / "README.md").read_text(encoding="utf-8"))
    files = [path.relative_to(PACKAGE / room).as_posix() for path in (PACKAGE / room).rglob("*.py")]
    elsewhere = {
        path.relative_to(ROOT).as_posix() for folder in ("tools", "tests") for path in (ROOT / folder).rglob("*.py")
    }
    gone = [p for p in patterns if p not in elsewhere and not any(fnmatchcase(name, p) for name in files)]
    assert gone == [], f"src/muster/{room}/README.md names {', '.join(gone)}"


def test_the_map_of_the_readme_and_the_pages_of_the_rooms_are_complete() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    index = (ROOT / "docs/reference/api/index.md").read_text(encoding="utf-8")
    assert [room for room in ROOMS if f"| `{room}` |" not in readme] == []
    assert [room for room in ROOMS if room != "cli" and f"\n{room}\n" not in index] == []
