"""The modes by which a network carries."""

from enum import StrEnum


class Mode(StrEnum):
    """A network of ways."""

    ROAD = "road"
    RAIL = "rail"
    SEA = "sea"
    AIR = "air"
