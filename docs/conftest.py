"""Runs the examples of the documentation: Python blocks, console blocks of `muster` commands, and files to be written.

The examples of a page run in order, in one folder that looks like a clone and is thrown away after the page.

- A console block holds ``$ muster`` commands, each with what it prints below it. A line ``...`` stands for any lines; a
  command with nothing below it only has to succeed. A command must end with exit code 0, or with the one that a last
  line such as ``[exit code 1]`` names.
- A block below a paragraph that begins with ```my-operation/lift.csv`:`` is written to that file.
"""

import doctest
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from sybil import Document, Example, Region, Sybil
from sybil.parsers.myst import PythonCodeBlockParser

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(
    r"^`([\w./-]+\.(?:csv|toml))`:[^\n]*\n(?:[^\n]+\n)*\n```(?:csv|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
EXIT_CODE = re.compile(r"^\[exit code (\d+)\]\n?\Z", re.MULTILINE)


def console_blocks(document: Document) -> Iterator[Region]:
    """Each console block as one example."""
    for found in CONSOLE.finditer(document.text):
        yield Region(found.start(), found.end(), found.group(1), run_console)


def file_blocks(document: Document) -> Iterator[Region]:
    """Each file that a page shows in full as one example."""
    for found in FILE.finditer(document.text):
        yield Region(found.start(), found.end(), (found.group(1), found.group(2)), write_file)


def run_console(example: Example) -> None:
    """Run the ``$ muster`` lines of a block and compare what they print with the lines below them."""
    for block in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        command, _, below = block.partition("\n")
        named = EXIT_CODE.search(below)
        _run(command, EXIT_CODE.sub("", below), int(named.group(1)) if named else 0)


def _run(command: str, expected: str, exit_code: int) -> None:
    from muster.cli import main

    words = shlex.split(command)
    assert words[0] == "muster", f"{command}: only muster commands run here"
    result = CliRunner().invoke(main, words[1:], catch_exceptions=False)
    assert result.exit_code == exit_code, f"{command} ended with {result.exit_code}:\n{result.output}"
    if expected.strip() and not doctest.OutputChecker().check_output(expected, result.output, doctest.ELLIPSIS):
        raise AssertionError(f"{command}\nexpected:\n{expected}\nprinted:\n{result.output}")


def write_file(example: Example) -> None:
    """Write a file that the page shows."""
    name, content = example.parsed
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


SYBIL = Sybil(parsers=[PythonCodeBlockParser(), console_blocks, file_blocks])


class Examples(pytest.Item):
    """The examples of a page, as one test: each builds on the ones before."""

    def runtest(self) -> None:
        """Run them in a folder that looks like a clone to the commands, where they may write."""
        with TemporaryDirectory() as folder, chdir(folder):
            for name in ("scenarios", "examples"):
                Path(name).symlink_to(ROOT / name)
            for example in SYBIL.parse(self.path).examples():
                try:
                    example.evaluate()
                except Exception as error:
                    error.add_note(f"in {self.path.relative_to(ROOT)}, line {example.line}")
                    raise

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test is, for its report."""
        return self.path, 0, f"examples of {self.path.relative_to(ROOT)}"


class Page(pytest.File):
    """A page with examples."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test, where there is something to run."""
        if any(True for _ in SYBIL.parse(self.path).examples()):
            yield Examples.from_parent(self, name="examples")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect pages."""
    is_page = file_path.suffix == ".md" and "_build" not in file_path.parts
    return Page.from_parent(parent, path=file_path) if is_page else None
