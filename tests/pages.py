"""The pages of the repository, and the small reading that several tests of them share."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *(path for path in DOCS.rglob("*.md") if "_build" not in path.parts),
        *(ROOT / "src").rglob("README.md"),
        *ROOT.glob("*.md"),
    ]
)
"""Every page that people read: the documentation, the rooms' own pages, and those at the top."""
_FENCE = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def without_code(text: str) -> str:
    """A page without its blocks of code, inline code and comments."""
    return re.sub(r"<!--.*?-->", "", re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text)), flags=re.DOTALL)


def name(path: Path) -> str:
    """Path of a file from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def tracked_files() -> list[Path]:
    """Files that the repository holds, and new ones that it would not ignore; none outside a clone."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=False).stdout.decode()
    return [path for path in (ROOT / part for part in listed.split("\0") if part) if path.is_file()]
