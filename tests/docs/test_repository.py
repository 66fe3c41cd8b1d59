"""The repository names no machine and no host of packages."""

import re

from pages import name, tracked_files

LOCKS = {"uv.lock", "package-lock.json"}
MACHINE_PATH = re.compile(r"(?<![\w.\-/}])/(?:work|root|tmp|mnt|home|Users)/\w")
REGISTRY = re.compile(
    r"(?:pythonhosted|registry\.npmjs|static\.crates)\.\w+|/simple/|--(?:extra-)?index-url|localhost:\d"
)


def test_no_file_holds_a_path_of_some_machine_or_a_host_of_packages() -> None:
    found: list[str] = []
    for path in tracked_files():
        if path.name in LOCKS:
            continue
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if path.name != "test_repository.py" and (MACHINE_PATH.search(line) or REGISTRY.search(line)):
                found.append(f"{name(path)}:{number}: {line.strip()[:80]}")
    assert found == []
