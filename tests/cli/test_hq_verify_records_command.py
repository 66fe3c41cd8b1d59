"""``muster hq verify-records``: what it says, and its exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hq.journals import KEY, journal, tampered, written
from muster.cli import main
from muster.hq.records.body import Absence
from muster.hq.records.journal_file import Entry
from muster.hq.records.keys import public_key_pem


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "kyi.pub"
    path.write_bytes(public_key_pem(KEY.public_key()))
    return path


def run(file: Path, key: Path) -> Result:
    return CliRunner().invoke(main, ["hq", "verify-records", str(file), "--key", str(key)], catch_exceptions=False)


def test_a_sound_journal_ends_with_0(tmp_path: Path, key: Path) -> None:
    entries = [
        entry.without_body(Absence.WITHHELD) if isinstance(entry, Entry) and entry.event.sequence == 2 else entry
        for entry in journal(unsigned=1)
    ]
    result = run(written(tmp_path / "kyi.jsonl.gz", entries), key)
    last = next(entry for entry in journal() if isinstance(entry, Entry) and entry.event.sequence == 5)
    assert result.exit_code == 0
    assert result.stdout == (
        "Withheld bodies: 1; what they say is not verified, their headers are.\n"
        f"Last checkpoint: KYI#5, signed 2026-10-04T12:00:01.000000Z, hash {last.hash.hex()}; compare it with one kept "
        "elsewhere to know that nothing later was cut off.\n"
        "Not yet sealed: 2 after the last checkpoint; nobody has signed them.\n"
        "No findings: the chain of KYI holds over 7 events.\n"
    )


def test_findings_end_with_1(tmp_path: Path, key: Path) -> None:
    path = tampered(
        written(tmp_path / "kyi.jsonl.gz", journal()),
        lambda lines: [line.replace(b"Besan", b"Besen") for line in lines],
    )
    result = run(path, key)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == ("body: KYI#1 has another body or salt than its header is the digest of.")
    assert result.stderr == "1 finding.\n"


def test_a_file_that_is_no_journal_and_a_file_that_is_no_key_end_with_2(tmp_path: Path, key: Path) -> None:
    result = run(key, key)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"File {key} is not whole gzip" in result.stderr
    path = written(tmp_path / "kyi.jsonl.gz", journal())
    result = run(path, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Key file {path} holds no Ed25519 public key in PEM; ask the site for its public key.\n"


def test_the_group_is_listed_without_what_its_commands_need() -> None:
    code = (
        "import sys, muster.cli.hq; "
        "assert not {'django', 'cryptography', 'msgspec', 'numpy'} & sys.modules.keys(), 'slow start'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
