"""Costs of one more unit of resources and fleets, as a planner gives them in a CSV file of two columns."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from muster.exchange.scenario.faults import Fault

COLUMNS: Final = ("what", "cost")


class CostsRefused(ValueError):
    """A file of costs that cannot be used.

    Attributes
    ----------
    faults
        Every fault found, by row and column.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def decode(document: bytes, is_known: Callable[[str], bool], *, name: str = "costs.csv") -> Mapping[str, int | None]:
    """Costs by resource, fleet or kind; None where the cell is empty, which says that no more can be had.

    Parameters
    ----------
    is_known
        Whether a cost can be given for a name.

    Raises
    ------
    CostsRefused
        With every fault, when the file is not that.
    """
    try:
        rows = list(csv.reader(io.StringIO(document.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CostsRefused(
            (Fault(name, 0, "", f"It is no CSV table in UTF-8: {error}.", "Save it as CSV UTF-8."),)
        ) from error
    if not rows or tuple(cell.strip() for cell in rows[0]) != COLUMNS:
        remedy = f"Write {','.join(COLUMNS)} in the first row."
        raise CostsRefused((Fault(name, 1, "", "The columns are not what and cost.", remedy),))
    costs: dict[str, int | None] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = [cell.strip() for cell in row]
        found = list(_faults(name, number, cells, costs, is_known))
        faults += found
        if not found:
            costs[cells[0]] = int(cells[1]) if cells[1] else None
    if faults:
        raise CostsRefused(tuple(faults))
    return costs


def _faults(
    name: str, number: int, cells: list[str], before: Mapping[str, int | None], is_known: Callable[[str], bool]
) -> Iterator[Fault]:
    if len(cells) != len(COLUMNS):
        yield Fault(name, number, "", f"The row has {len(cells)} cells.", "Give two: what and cost.")
        return
    what, cost = cells
    if not is_known(what):
        remedy = "Name a resource or fleet as the report's CSV of bottlenecks does, or a kind such as ramp or fleet."
        yield Fault(name, number, "what", f'The problem has no "{what}".', remedy, what)
    if what in before:
        yield Fault(name, number, "what", f'"{what}" has a cost already.', "Keep one of the rows.", what)
    if cost and not (cost.isascii() and cost.isdigit() and int(cost) >= 1):
        remedy = "Give a whole number from 1 on, or leave the cell empty where no more can be had."
        yield Fault(name, number, "cost", f'"{cost}" is no cost of one unit.', remedy, cost)
