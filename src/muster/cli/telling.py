"""Telling on standard error; quick to import, so that commands that read no scenario start at once."""

import sys
from typing import NoReturn

import click


def say(text: str) -> None:
    """Tell what is being done."""
    click.echo(text, err=True)


def refuse(message: str) -> NoReturn:
    """Tell why a command cannot be done and end it with exit code 1."""
    click.echo(message, err=True)
    sys.exit(1)
