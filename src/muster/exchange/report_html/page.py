"""The page itself: template, style, script and data put together into one file that asks nothing of any network."""

import base64
import hashlib
import html
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any, Final

import msgspec

from muster.exchange.replan_json import ReplanRecord
from muster.exchange.report_html.page_data import page_data
from muster.movement.reporting.report import Report
from muster.reference.network_tables import load_basemap

MARKING: Final = "NOTIONAL – EXERCISE DATA"
"""The line above and below every page."""


_DATA_BEGINS: Final = b'<script type="application/json" id="data">'


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """What distinguishes one kind of page from the others.

    Attributes
    ----------
    name
        What it shows, in the title and above it.
    skip_to
        Where the first link leads, for those who do not read the head.
    body
        File of its navigation and its sections.
    scripts
        The parts of its script in the order in which they are read.
    """

    name: str
    skip_to: str
    body: str
    scripts: tuple[str, ...]


REPORT: Final = PageKind(
    name="deployment plan",
    skip_to="plan",
    body="report.html",
    scripts=(
        "core.js", "tables.js", "why.js", "prices.js", "summary.js", "changes.js", "curve.js", "projection.js",
        "map_tools.js", "map.js", "strips.js", "gantt_rows.js", "gantt.js", "heat.js", "march.js",
        "sections.js", "start.js",
    ),
)  # fmt: skip


def draw_report(
    report: Report,
    *,
    replan: ReplanRecord | None = None,
    marking: str = MARKING,
    basemap: Mapping[str, Any] | None = None,
) -> bytes:
    """Draw a report as one HTML page, UTF-8.

    Parameters
    ----------
    replan
        What a replan recorded of the plan, where one made it.
    marking
        The line above and below the page.
    basemap
        The map behind the flows, in the form of :func:`muster.reference.network_tables.load_basemap`; None takes the
        packaged one.

    Notes
    -----
    The page's own policy allows its one script and its one style, by their hashes, and no connection to anything.
    """
    data = page_data(report, replan=replan, basemap=load_basemap() if basemap is None else basemap)
    return put_together(REPORT, data, title=report.title, case=report.case, marking=marking)


def put_together(kind: PageKind, data: object, *, title: str, case: str, marking: str) -> bytes:
    """One page: the frame and the style that all have, and the sections, the script and the data of its own."""
    script = "\n".join(("(() => {", *(_asset(name) for name in kind.scripts), "})();"))
    style = _asset("report.css")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = Template(_asset("frame.html")).substitute(
        policy=policy,
        title=html.escape(title),
        case=html.escape(case),
        marking=html.escape(marking),
        kind=kind.name,
        kicker=kind.name.capitalize(),
        skip_to=kind.skip_to,
        body=_asset(kind.body),
        style=style,
        script=script,
        data=script_safe(msgspec.json.encode(data).decode()),
    )
    return page.encode()


def data_of(page: bytes) -> bytes | None:
    """The data that a page was drawn from, as JSON; None for what is no page of ours.

    What a page was released with can so be shown elsewhere, and nothing beyond it.
    """
    _, found, rest = page.partition(_DATA_BEGINS)
    return rest.partition(b"</script>")[0] if found else None


def script_safe(json: str) -> str:
    """JSON that nothing inside a script element can end or open."""
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _asset(name: str) -> str:
    return (files("muster.exchange.report_html") / name).read_text(encoding="utf-8")
