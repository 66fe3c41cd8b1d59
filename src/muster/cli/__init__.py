"""The command line: one file a staff function."""

from muster.cli.main import main

__all__ = ["main"]
