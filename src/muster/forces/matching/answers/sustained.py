"""How long the force lasts under the rotation rule, and which requirement ends it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sustained:
    """Whether a force can be kept up.

    Attributes
    ----------
    is_sustained
        Whether the rotation rule costs nothing: as much is covered as if units could go again at once.
    months
        Months from C-day for which everything that could be covered without the rule is covered with it.
    ended_by
        Requirements that fall short first, most critical first; empty where the force lasts.
    lost
        Weighted share of coverage that the rule costs, 0 to 1.
    people_needed, people_offered
        The arithmetic beside it: people in place at full strength times the ratio, and people of all offers that stand.
    """

    is_sustained: bool
    months: int
    ended_by: tuple[str, ...]
    lost: float
    people_in_place: int
    people_needed: int
    people_offered: int
