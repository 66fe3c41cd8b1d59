"""Muster: the working system of a coalition force headquarters."""

__version__ = "0.1.0"
