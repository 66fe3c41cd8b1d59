"""The board as a PDF: the map of a time, bars by nation and the tables, with the marking above and below every page.

Text is text and can be searched; equal contents at an equal time give equal bytes.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, XPos, YPos

from muster.measures import date_time_group

FONTS: Final = Path(__file__).parents[1] / "static" / "dist"
FACES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
"""They have Latin and Cyrillic letters, and are built with the scripts of the pages."""
FAMILY: Final = "sheet"
"""The name by which drawings ask for them."""
_TITLES: Final = re.compile(r"<title.*?</title>", re.DOTALL)
"""They are for who points at a drawing on a page."""
_VIEW_BOX: Final = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_MARGIN, _BAND = 28.0, 16.0
_INK, _SOFT, _GROUND, _RULE = (27, 36, 48), (86, 96, 109), (233, 237, 242), (195, 202, 211)
BARS_STYLE: Final = (
    "<style>.tick{stroke:#c3cad3}.day{fill:#56606d;font-size:10.5px;text-anchor:middle}.name{fill:#1b2430;"
    "font-size:12px}.detail{fill:#56606d;font-size:10.5px}.ground{fill:none;stroke:#c3cad3;stroke-width:.5}"
    ".road{fill:#8a5a00}.rail{fill:#0b5c8f}.sea{fill:#00715a}.air{fill:#a8336f}.required{stroke:#1b2430;fill:none;"
    "stroke-width:1.5}.closure{fill:#1b2430}</style>"
)
"""Colours of the bars on paper: those of the style sheet on light ground."""


def with_style(svg: str) -> str:
    """A drawing of a page with the colours that a style sheet gives it there; in a file it has to bring them along."""
    named = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(">", f">{BARS_STYLE}", 1)
    return named.replace("<text ", f'<text font-family="{FAMILY}" ')


class NoFonts(RuntimeError):
    """The fonts of the sheets were not built."""

    def __init__(self) -> None:
        super().__init__(f"{FONTS} has no fonts for a PDF; build them with: make front")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands on every page.

    Attributes
    ----------
    banner
        The marking, worked out from what is shown.
    shown_at
        The time of the plan that is shown, in words.
    made_at
        When the file was asked for.
    """

    title: str
    banner: str
    shown_at: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of texts; widths are shares."""

    title: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    empty: str


def has_fonts() -> bool:
    """Whether a PDF can be made here."""
    return all((FONTS / name).exists() for name in FACES.values())


def draw_paper(
    head: Head, figures: Iterable[tuple[str, str, str]], drawings: Iterable[tuple[str, str]], grids: Iterable[Grid]
) -> bytes:
    """Draw the board on pages.

    Parameters
    ----------
    figures
        Name, value and note of each key figure.
    drawings
        Title and SVG of each; the first stands below the figures, each other one begins a page.
    grids
        In the order in which they follow.

    Raises
    ------
    NoFonts
        When the fonts were not built.
    """
    if not has_fonts():
        raise NoFonts
    paper = _Paper(head)
    paper.add_page()
    paper.figures(list(figures))
    for number, (title, svg) in enumerate(drawings):
        if number:
            paper.add_page()
        paper.drawing(title, svg)
    paper.add_page()
    for grid in grids:
        paper.grid(grid)
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 across, in points."""

    def __init__(self, head: Head) -> None:
        super().__init__(orientation="landscape", format="A4", unit="pt")
        self._head = head
        for style, name in FACES.items():
            self.add_font(FAMILY, style, FONTS / name)
        self.set_font(FAMILY, size=8)
        self.set_text_color(*_INK)
        self.set_margins(_MARGIN, _MARGIN + _BAND, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + _BAND)
        self.set_title(f"{head.title} · {head.banner}")
        self.set_subject(head.banner)
        self.set_creation_date(head.made_at)

    def header(self) -> None:
        """The marking, and below it what this is."""
        self.set_y(_MARGIN - 12)
        self._line(self._head.banner, "B", 10, "C")
        self.set_font(FAMILY, size=8)
        self.ln(2)

    def footer(self) -> None:
        """What this is, page by page, and below it the marking."""
        self.set_y(-_MARGIN - _BAND + 2)
        made = f"{date_time_group(self._head.made_at)} · {self._head.made_at:%Y-%m-%d %H:%M} UTC"
        self.set_font(FAMILY, size=7)
        self.set_text_color(*_SOFT)
        self.cell(w=self.epw / 2, text=_("%(title)s · drawn %(when)s") % {"title": self._head.title, "when": made})
        page = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(w=self.epw / 2, text=page, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(*_INK)
        self._line(self._head.banner, "B", 10, "C")

    def _line(self, text: str, style: str, size: float, align: str = "L") -> None:
        self.set_font(FAMILY, style, size)
        self.cell(w=0, h=size * 1.4, text=text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def figures(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Title, time shown, and the key figures side by side."""
        self._line(self._head.title, "B", 14)
        self._line(self._head.shown_at, "", 9)
        width, top, below = self.epw / max(1, len(figures)), self.get_y(), self.get_y()
        for number, figure in enumerate(figures):
            self.set_xy(_MARGIN + number * width, top)
            for text, size, style in zip(figure, (7, 11, 7), ("", "B", ""), strict=True):
                self.set_font(FAMILY, style, size)
                self.multi_cell(w=width - 4, h=size * 1.3, text=text, new_x=XPos.LEFT, new_y=YPos.NEXT, align="L")
            below = max(below, self.get_y())
        self.set_xy(_MARGIN, below + 4)

    def drawing(self, title: str, svg: str) -> None:
        """A drawing as large as the rest of the page lets it be."""
        self._line(title, "B", 11)
        left, top = self.get_x(), self.get_y()
        across, down = _size_of(svg)
        scale = min(self.epw / across, (self.h - self.b_margin - top - 4) / down)
        plain = _TITLES.sub("", svg).encode()
        with self.rect_clip(left, top, across * scale, down * scale):
            self.image(io.BytesIO(plain), x=left, y=top, w=across * scale, h=down * scale)

    def grid(self, grid: Grid) -> None:
        """A table whose heads are on each of its pages."""
        self._line(grid.title, "B", 11)
        self.set_font(FAMILY, size=7.5)
        self.set_draw_color(*_RULE)
        self.set_line_width(0.4)
        if not grid.rows:
            self._line(grid.empty, "", 8)
            self.ln(8)
            return
        with self.table(
            col_widths=tuple(grid.widths),
            text_align="LEFT",
            line_height=10.5,
            padding=1.5,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", fill_color=_GROUND),
        ) as table:
            for cells in (grid.heads, *grid.rows):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        self.ln(10)


def _size_of(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in its own units."""
    found = _VIEW_BOX.search(svg)
    if found is None:
        raise ValueError("A drawing for paper has no viewBox from 0 0; give it one.")
    return float(found[1]), float(found[2])
