"""Unpack Debian's Chromium under ``.cache/browser`` for the browser tests; nothing is installed.

The packages are what apt would install for Chromium on this machine, found by a simulated installation, so that only
missing libraries are fetched. Without root the package lists must be there; as root they are refreshed first. A
Chromium on the PATH makes this script do nothing.

Usage: ``python tools/fetch_browser.py``; prints the path of the browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent / ".cache" / "browser"
LAUNCHER: Final = ROOT / "chromium"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
PACKAGES: Final = ("chromium", "fonts-liberation", "fonts-dejavu-core")

_FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{root}/font-cache</cachedir>
  <alias><family>system-ui</family><prefer><family>Liberation Sans</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Liberation Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Liberation Mono</family></prefer></alias>
</fontconfig>
"""

_LAUNCH: Final = """#!/bin/sh
# Runs the unpacked Chromium with its own libraries and fonts.
here="{root}"
export LD_LIBRARY_PATH="{libraries}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/usr/lib/chromium/chromium" "$@"
"""


class NoBrowser(RuntimeError):
    """Chromium can be neither found nor fetched."""


def find_browser() -> Path | None:
    """Chromium on the PATH, else the one unpacked before, else None."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return LAUNCHER if LAUNCHER.exists() else None


def _run(*command: str, cwd: Path | None = None) -> str:
    """Output of a command.

    Raises
    ------
    NoBrowser
        When it is missing or fails.
    """
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise NoBrowser(f"{command[0]} is not on this machine; install Chromium by hand and run again.") from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr or error.stdout).strip().splitlines()[-1:]
        raise NoBrowser(f"`{' '.join(command[:3])}` failed: {' '.join(last)}; install Chromium by hand.") from error
    return done.stdout


def missing_packages() -> list[str]:
    """List packages that apt would install here for :data:`PACKAGES`."""
    planned = _run("apt-get", "--simulate", "--no-install-recommends", "install", *PACKAGES)
    return [line.split()[1] for line in planned.splitlines() if line.startswith("Inst ")]


def library_folders() -> list[str]:
    """Folders of unpacked shared libraries, private ones of packages too."""
    return sorted({str(library.parent) for top in ("usr/lib", "lib") for library in (ROOT / top).rglob("lib*.so*")})


def fetch_browser() -> Path:
    """Fetch and unpack Chromium unless it is there, and give its path."""
    present = find_browser()
    if present is not None:
        return present
    if os.geteuid() == 0:
        _run("apt-get", "update", "--quiet")
    packages = missing_packages()
    print(f"Unpacking Chromium and {len(packages) - 1} packages it needs under .cache/browser", file=sys.stderr)
    archives = ROOT / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    archives.chmod(0o755)
    _run("apt-get", "download", "-o", "APT::Sandbox::User=root", *packages, cwd=archives)
    for archive in sorted(archives.glob("*.deb")):
        _run("dpkg", "-x", str(archive), str(ROOT))
    shutil.rmtree(archives)
    (ROOT / "fonts.conf").write_text(_FONTS.format(root=ROOT), encoding="utf-8")
    half = LAUNCHER.with_suffix(".part")
    half.write_text(_LAUNCH.format(root=ROOT, libraries=":".join(library_folders())), encoding="utf-8")
    half.chmod(0o755)
    half.rename(LAUNCHER)
    return LAUNCHER


def main() -> int:
    """Fetch the browser; 1 and a sentence when it cannot be had."""
    try:
        print(fetch_browser())
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
