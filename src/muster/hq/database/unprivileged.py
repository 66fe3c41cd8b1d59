"""Who a server runs as: PostgreSQL refuses root.

Where we are root it runs in a user namespace in which it has another number, and its files stay root's outside. Where
namespaces are not permitted, as in many containers, it runs as nobody with the one right of root that it needs, to
reach its folder; its files are nobody's then.
"""

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Final

NOBODY: Final = 65534
_UNSHARED: Final = ("unshare", "--user", f"--map-user={NOBODY}")


def as_no_root() -> Sequence[str]:
    """What a program is begun with, so that it is not root; nothing where we are not."""
    if os.geteuid() != 0:
        return ()
    if may_unshare():
        return (*_UNSHARED, "--")
    return (
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override", "--",
    )  # fmt: skip


@cache
def may_unshare() -> bool:
    """Whether user namespaces are permitted here."""
    try:
        return subprocess.run([*_UNSHARED, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603 - ours
    except FileNotFoundError:
        return False
