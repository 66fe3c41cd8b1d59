"""Runs the examples of the documentation: Python blocks, and console blocks of `muster` commands."""

import doctest
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sybil import Document, Example, Region, Sybil
from sybil.parsers.myst import PythonCodeBlockParser

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def console_blocks(document: Document) -> Iterator[Region]:
    """Each console block as one example."""
    for found in CONSOLE.finditer(document.text):
        yield Region(found.start(), found.end(), found.group(1), run_console)


def run_console(example: Example) -> None:
    """Run the ``$ muster`` lines of a block and compare what they print with the lines below them.

    A line ``...`` stands for any lines; a command with nothing below it only has to succeed.
    """
    from muster.cli import main

    blocks = re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]
    for block in blocks:
        command, _, expected = block.partition("\n")
        words = shlex.split(command)
        assert words[0] == "muster", f"{command}: only muster commands run here"
        result = CliRunner().invoke(main, words[1:], catch_exceptions=False)
        if not expected.strip():
            assert result.exit_code == 0, f"{command} ended with {result.exit_code}:\n{result.output}"
            continue
        if not doctest.OutputChecker().check_output(expected, result.output, doctest.ELLIPSIS):
            raise AssertionError(f"{command}\nexpected:\n{expected}\nprinted:\n{result.output}")


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), console_blocks], patterns=["*.md"], fixtures=["in_a_clone"]
).pytest()


@pytest.fixture
def in_a_clone(tmp_path: Path) -> Iterator[Path]:
    """A folder that looks like a clone to the commands, where they may write ``out``."""
    for name in ("scenarios", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)
