"""The option by which a planner says how much of a plan may change: a choice by name, or the most lines."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

import click

Named = TypeVar("Named", bound=StrEnum)


def read_changes(choices: type[Named]) -> Callable[[click.Context, click.Parameter, str], Named | int]:
    """How such an option is read that knows these choices."""

    def read(_context: click.Context, _option: click.Parameter, value: str) -> Named | int:
        if value in set(choices):
            return choices(value)
        if value.isdecimal():
            return int(value)
        words = ", ".join(choices)
        raise click.BadParameter(f'"{value}" is no choice of changes; write {words} or the most lines that may change.')

    return read
