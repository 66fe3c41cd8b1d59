"""Every command and option has a place in the reference, and what pages show as commands exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from muster.cli import main
from pages import DOCS, PAGES, name

REFERENCE = DOCS / "reference/commands.md"


def commands(group: click.Group, words: tuple[str, ...] = ("muster",)) -> Iterator[tuple[str, click.Command]]:
    """Commands that do something, with all their words."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*words, word))
        else:
            yield " ".join((*words, word)), command


COMMANDS = dict(commands(main))


def section(command: str) -> str:
    """Part of the reference under the heading that names a command."""
    parts = re.split(r"^## ", REFERENCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = [part for part in parts if f"`{command} " in part.partition("\n")[0]]
    assert len(found) == 1, f"docs/reference/commands.md needs one section for {command}"
    return found[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_described_with_its_arguments_and_options(command: str) -> None:
    text = section(command)
    heading = text.partition("\n")[0]
    for parameter in COMMANDS[command].params:
        if isinstance(parameter, click.Option):
            default = "required" if parameter.required else parameter.default
            row = next((line for line in text.splitlines() if line.startswith(f"| `{parameter.opts[0]}")), "")
            assert row, f"{command} {parameter.opts[0]} has no row"
            if parameter.required or (isinstance(default, int | float) and not isinstance(default, bool)):
                assert str(default) in row.split("|")[2], f"{command} {parameter.opts[0]}: default {default}"
        else:
            assert (parameter.metavar or str(parameter.name).upper()) in heading


def test_the_reference_describes_no_command_that_is_gone() -> None:
    headings = re.findall(r"^## (.*)$", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {words for heading in headings for words in re.findall(r"`(muster(?: [a-z]+(?:-[a-z]+)*)+)", heading)}
    assert named == set(COMMANDS)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_that_a_page_shows_exist(path: Path) -> None:
    shown = re.findall(r"(?:^\$ |`)(muster(?: [a-z]+(?:-[a-z]+)*)+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    groups = {command.rsplit(" ", 1)[0] for command in COMMANDS}
    unknown = [
        words
        for words in shown
        if not any(f"{words} ".startswith(f"{command} ") for command in COMMANDS) and words not in groups
    ]
    assert unknown == []
