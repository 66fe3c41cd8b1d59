"""A plan with something to leak: a line of each of three nations, figures, files and reasons, each with a word."""

from datetime import UTC, datetime
from typing import Final

from hq.seeded import account_of, look_as
from muster.hq.plans.actions import keep_plan
from muster.hq.plans.choices import Kind
from muster.hq.plans.made import Made, MadeLine
from muster.hq.plans.models import Plan

NATIONS: Final = ("FRA", "GBR", "POL")
LINE_WORDS: Final = {nation: f"unit of {nation} word{nation.lower()}" for nation in NATIONS}
FIGURE, FILE, REASON, TITLE = "77,123.5 d", "wordfile", "wordreason", "wordtitle"
WORDS: Final = {FIGURE, FILE, REASON, TITLE, *LINE_WORDS.values()}


def line(nation: str, *, end_d: float = 30, late_d: float = 0, name: str = "") -> MadeLine:
    return MadeLine(
        nation=nation,
        key=f"{nation}01",
        name=name or LINE_WORDS[nation],
        start_d=10,
        end_d=end_d,
        late_d=late_d,
        told={"people": 100},
        why=REASON if late_d else "",
    )


def made(*lines: MadeLine) -> Made:
    return Made(
        kind=Kind.DEPLOYMENT,
        case="base",
        figures={"closure_d": 77123.5},
        files={"summary.json": FILE.encode(), "report.html": f"<p>{FILE}</p>".encode()},
        lines=lines or tuple(line(nation, late_d=2) for nation in NATIONS),
        findings=0,
    )


def planned(*lines: MadeLine, title: str = TITLE) -> Plan:
    """A plan that the planner of the headquarters keeps."""
    look_as("J5-PLANS")
    return keep_plan(
        title=title,
        made=made(*lines),
        inputs="0" * 64,
        asked={"seed": 1},
        of_version=None,
        by=account_of("J5-PLANS"),
        at=datetime.now(UTC),
    )
