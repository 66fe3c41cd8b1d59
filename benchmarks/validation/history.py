"""What is documented of two real moves, beside which a plan is laid; sources as in the scenarios."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.validation.measure import PlanFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One documented figure and how the same figure is read from a plan.

    Attributes
    ----------
    figure
        The documented figure; the middle where sources differ.
    said
        How the sources say it.
    """

    name: str
    figure: float
    said: str
    source: str
    of_plan: Callable[[PlanFigures], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricalMove:
    """A move with its documented figures.

    Attributes
    ----------
    case
        The case with the documented frictions.
    others
        Other cases, each with what it changes, in words; the first is the one without the friction.
    closure_d
        Documented days from C-day to completion.
    """

    scenario: str
    title: str
    case: str
    others: tuple[tuple[str, str], ...]
    closure_d: float
    closure_source: str
    facts: tuple[Fact, ...]


def _people(country: str, day: int) -> Callable[[PlanFigures], float]:
    return lambda plan: plan.people_by(country, day)


def _over(crossing: str, day: int) -> Callable[[PlanFigures], float]:
    return lambda plan: plan.vehicles_over(crossing, day)


_SAVA: Final = "ROAD-ZUPANJA-ORASJE"
MOVES: Final[Mapping[str, HistoricalMove]] = {
    "task-force-eagle": HistoricalMove(
        scenario="task-force-eagle",
        title="Task Force Eagle, Bosnia 1995-96",
        case="history",
        others=(
            ("bridge-in-time", "the Sava bridge opens on 25 December, as it was due"),
            ("bridge-slow", "after 9 January the bridge does no better than its best documented day, 148 vehicles"),
        ),
        closure_d=68,
        closure_source="V1",
        facts=(
            Fact(name="people in Bosnia, 25 December", figure=1300, said="about 1,300", source="V101",
                 of_plan=_people("BIH", 9)),
            Fact(name="people in Bosnia, 9 January", figure=4000, said="4,000 and more", source="V3",
                 of_plan=_people("BIH", 24)),
            Fact(name="people in Bosnia, 4 February", figure=14800, said="about 14,800 in early February", source="V5",
                 of_plan=_people("BIH", 50)),
            Fact(name="people in Bosnia, 22 February", figure=18400, said="18,400", source="V1",
                 of_plan=_people("BIH", 68)),
            Fact(name="vehicles over the Sava, 31 December", figure=148, said="148; also: more than 100",
                 source="V103", of_plan=_over(_SAVA, 15)),
            Fact(name="vehicles over the Sava, 1 January", figure=75, said="75", source="V104",
                 of_plan=_over(_SAVA, 16)),
            Fact(name="trains", figure=358, said="358", source="V1", of_plan=lambda plan: plan.trips("train")),
            Fact(name="railway wagons", figure=6800, said="6,800", source="V1", of_plan=lambda plan: plan.wagons),
            Fact(name="airlift sorties", figure=1300, said="about 1,300", source="V1",
                 of_plan=lambda plan: plan.trips("aircraft")),
            Fact(name="coach trips", figure=500, said="500", source="V1", of_plan=lambda plan: plan.trips("bus")),
            Fact(name="lorry trips", figure=1600, said="1,600", source="V1", of_plan=lambda plan: plan.trips("truck")),
        ),
    ),
    "abct-2017": HistoricalMove(
        scenario="abct-2017",
        title="3rd Armoured Brigade Combat Team, January 2017",
        case="history",
        others=(("open", "every wheeled vehicle may drive"),),
        closure_d=10,
        closure_source="S51;V21",
        facts=(
            Fact(name="pieces moved", figure=2500, said="2,000 and more, 2,500 or 2,800", source="V20;V21",
                 of_plan=lambda plan: plan.pieces),
            Fact(name="people moved", figure=3750, said="3,500 to 4,000", source="V18",
                 of_plan=lambda plan: plan.people),
            Fact(name="railway wagons", figure=900, said="about 900", source="V21", of_plan=lambda plan: plan.wagons),
            Fact(name="vehicles in convoys", figure=200, said="about 200 of 2,500 pieces, 21 to a convoy",
                 source="S51;V19", of_plan=lambda plan: plan.vehicles_in_convoys()),
        ),
    ),
}  # fmt: skip
