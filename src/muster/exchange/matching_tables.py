"""A matching as tables: coverage as CSV, and a workbook with coverage, tours, gaps, asks and burden."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from muster.forces.matching.reporting.report import Report

COVERAGE_FILE: Final = "coverage.csv"
WORKBOOK_FILE: Final = "matching.xlsx"
_HEADER_FILL: Final = PatternFill("solid", fgColor="1F3A4D")
_WIDEST: Final = 60

Cell = str | int | float | None
Row = Sequence[Cell]


def encode_coverage(report: Report) -> bytes:
    """Coverage as CSV: a row a requirement, with the share covered in each month, 0 to 1 and empty without a need.

    Shares, because a spreadsheet takes ``1/2`` in a CSV file for a day of the year.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_coverage(report, _share))
    return text.getvalue().encode()


def encode_workbook(report: Report) -> bytes:
    """Coverage, tours, unfilled requirements, asks and burden as one workbook, a sheet each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (
        ("coverage", _coverage(report, _of)),
        ("tours", _tours(report)),
        ("unfilled", _unfilled(report)),
        ("asks", _asks(report)),
        ("burden", _burden(report)),
    ):
        _write(book.create_sheet(name), list(rows))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _coverage(report: Report, show: Callable[[int, int], Cell]) -> Iterator[Row]:
    months = [f"M{month + 1}" for month in range(report.months)]
    yield ("requirement_id", "name", "component", "place", "criticality", "element", "covered_share", *months)
    for row in report.cover:
        share = None if row.share is None else round(row.share, 4)
        cells = (
            show(min(there, needed), needed) if needed else None
            for needed, there in zip(row.needed, row.in_place, strict=True)
        )
        yield (row.requirement_id, row.name, row.component, row.place, row.criticality, row.element, share, *cells)


def _share(covered: int, needed: int) -> Cell:
    return round(covered / needed, 4)


def _of(covered: int, needed: int) -> Cell:
    return f"{covered}/{needed}"


def _tours(report: Report) -> Iterator[Row]:
    yield (
        "offer_id", "nation", "unit", "requirement_id", "people", "elements", "there_c_d", "start_c_d", "end_c_d",
        "away_until_c_d",
    )  # fmt: skip
    for tour in report.tours:
        yield (
            tour.offer_id, tour.nation, tour.unit, tour.requirement_id, tour.people, tour.elements, tour.there_d,
            tour.start_d, tour.end_d, tour.away_until_d,
        )  # fmt: skip


def _unfilled(report: Report) -> Iterator[Row]:
    yield ("requirement_id", "name", "criticality", "element_months_short", "why", "otherwise", "is_shortest")
    for row in report.unfilled or ():
        yield (
            row.requirement_id, row.name, row.criticality, row.short_element_months, ", ".join(row.kinds), row.reasons,
            "yes" if row.is_shortest else "not proved",
        )  # fmt: skip


def _asks(report: Report) -> Iterator[Row]:
    yield ("ask", "nation", "units", "share_gained", "share_gained_at_most", "requirements", "note")
    for row in report.asks or ():
        touched = "; ".join(f"{name} {days:+d}" for name, days in row.touches)
        yield (row.what, row.nation, row.units, round(row.share, 6), round(row.share_bound, 6), touched, row.note)


def _burden(report: Report) -> Iterator[Row]:
    yield (
        "nation",
        "name",
        "offers",
        "offers_used",
        "people_most",
        "people_months",
        "fair_share",
        "people_months_beyond",
    )
    for row in report.burdens:
        fair = None if row.fair_share is None else round(row.fair_share, 4)
        beyond = None if row.beyond is None else round(row.beyond, 1)
        most = max(row.people, default=0)
        yield (row.nation, row.name, row.offers, row.offers_used, most, row.people_months, fair, beyond)


def _write(sheet: Worksheet, rows: Sequence[Row]) -> None:
    """Rows with a header that stays in view; texts stay texts, also those that look like a formula."""
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if number == 1:
                cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER_FILL
    sheet.freeze_panes = "B2"
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(str(row[column - 1] or "")) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, longest + 2)
