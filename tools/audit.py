"""Ask the public list of known vulnerabilities about everything that is locked, and say so where it cannot be asked."""

import subprocess
import sys
from pathlib import Path

UNREACHED = 3
"""Exit code where the list could not be asked: nothing is known then, neither good nor bad."""
_SIGNS = ("error sending request", "dns error", "Connect", "timed out")


def judge(code: int, told: str) -> tuple[int, str]:
    """Exit code and what to tell of an audit that ended with a code and told something.

    Examples
    --------
    >>> judge(0, "Found no known vulnerabilities")
    (0, 'Found no known vulnerabilities')
    >>> judge(2, "cause: dns error")[0]
    3
    """
    if code and any(sign in told for sign in _SIGNS):
        return UNREACHED, "The list of known vulnerabilities (osv.dev) cannot be reached: nothing is known."
    return code, told.strip()


def main() -> None:
    """Audit the lock file of this folder."""
    command = [str(Path(sys.executable).parent / "uv"), "audit", "--locked", "--preview-features", "audit"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    code, told = judge(done.returncode, done.stdout + done.stderr)
    print(told)
    sys.exit(code)


if __name__ == "__main__":
    main()
