"""Routes over the real transport network."""

from muster.network.modes import Mode

__all__ = ["Mode"]
