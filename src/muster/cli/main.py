"""The command ``muster``; each command is loaded when it is called, so that the others start quickly."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

_COMMANDS: Final[Mapping[str, str]] = {
    "check": "muster.cli.scenario",
    "export": "muster.cli.scenario",
    "forces": "muster.cli.forces",
    "hq": "muster.cli.hq",
    "import": "muster.cli.scenario",
    "movement": "muster.cli.movement",
}
"""Module of each command; it holds the command under its name, with an underscore where Python needs one."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = import_module(_COMMANDS[cmd_name])
        name = f"{cmd_name}_" if cmd_name == "import" else cmd_name
        command = getattr(module, name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="muster-hq", prog_name="muster")
def main() -> None:
    """Muster: the working system of a coalition force headquarters."""
