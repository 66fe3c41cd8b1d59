"""Units, geodesy, day marks and periods."""

from muster.measures.timeline import DayMark, DayOffset, Period, Timeline, UnreadableOffset, date_time_group
from muster.measures.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, LossyScaling, days, scaled

__all__ = [
    "MINUTES_PER_DAY",
    "MINUTES_PER_HOUR",
    "DayMark",
    "DayOffset",
    "LossyScaling",
    "Period",
    "Timeline",
    "UnreadableOffset",
    "date_time_group",
    "days",
    "scaled",
]
