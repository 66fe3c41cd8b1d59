"""What each nation contributes, cell by cell, and the sums of it that are to be published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class AggregatesRefused(ValueError):
    """Contributions, sums or earlier releases that cannot be used.

    Attributes
    ----------
    faults
        Everything that is wrong, one sentence each, with its remedy.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Cell(NamedTuple):
    """The smallest thing that has a total: say, a requirement in a month."""

    row: str
    column: str

    def __str__(self) -> str:
        """Give both keys."""
        return f"{self.row} / {self.column}"


class Share(NamedTuple):
    """What one nation contributes to one cell; whole, at least one. A nation without a share contributes nothing."""

    cell: Cell
    nation: str
    amount: int


@dataclass(frozen=True)
class Contributions:
    """Shares of nations in cells; each nation at most once in a cell.

    Raises
    ------
    AggregatesRefused
        When an amount is not a whole number of at least one, or a nation is in a cell twice.
    """

    shares: tuple[Share, ...]

    def __post_init__(self) -> None:
        """Refuse amounts that are none, and nations that are in a cell twice."""
        faults = [
            f'{share.nation or "A nation without a code"} contributes {share.amount} to "{share.cell}"; '
            "give a nation and a whole number of at least 1, or leave the share out."
            for share in self.shares
            if share.amount < 1 or share.amount != int(share.amount) or not share.nation
        ]
        seen: set[tuple[Cell, str]] = set()
        for share in self.shares:
            if (share.cell, share.nation) in seen:
                faults.append(f'{share.nation} is in "{share.cell}" twice; add its shares up.')
            seen.add((share.cell, share.nation))
        if faults:
            raise AggregatesRefused(faults)

    @cached_property
    def by_cell(self) -> Mapping[Cell, Mapping[str, int]]:
        """Amounts by nation, of each cell that has any."""
        cells: dict[Cell, dict[str, int]] = {}
        for cell, nation, amount in self.shares:
            cells.setdefault(cell, {})[nation] = amount
        return cells

    def by_nation(self, cells: Iterable[Cell]) -> dict[str, int]:
        """What each nation contributes to some cells together; nations that contribute nothing are left out."""
        amounts: dict[str, int] = {}
        for cell in cells:
            for nation, amount in self.by_cell.get(cell, {}).items():
                amounts[nation] = amounts.get(nation, 0) + amount
        return amounts


@dataclass(frozen=True, slots=True)
class PublishedSum:
    """A sum over cells that is to be published: a cell by itself, the total of a row, of a column, of all.

    Attributes
    ----------
    name
        Stands for the same sum in every release.
    needed
        What is needed there, known to everybody: the sum is then shown as a band. None: it is shown as a number.

    Raises
    ------
    AggregatesRefused
        When it has no cell, or a need that is none.
    """

    name: str
    cells: frozenset[Cell]
    needed: int | None = None

    def __post_init__(self) -> None:
        """Refuse a sum of nothing and a need of nothing."""
        if not self.cells:
            raise AggregatesRefused([f'The sum "{self.name}" has no cells; name the cells that it adds up.'])
        if self.needed is not None and self.needed < 1:
            raise AggregatesRefused(
                [f'The sum "{self.name}" needs {self.needed}; give 1 or more, or None for a number.']
            )


def sums_of_table(cells: Iterable[Cell], needed: Mapping[Cell, int] | None = None) -> tuple[PublishedSum, ...]:
    """Totals of the cells of a table, its rows and columns, and all: ``mines / May``, ``mines``, ``May``, ``all``.

    Parameters
    ----------
    needed
        What each cell needs: all is shown in bands, and a total needs what its cells need together. None: numbers.

    Raises
    ------
    AggregatesRefused
        When two sums would have one name, as of a row and a column that are called alike.
    """
    ordered = sorted(set(cells))
    groups: dict[tuple[str, Cell | str], list[Cell]] = {}
    for cell in ordered:
        for name, key in ((str(cell), cell), (cell.row, "row"), (cell.column, "column"), ("all", "all")):
            groups.setdefault((name, key), []).append(cell)
    names = Counter(name for name, _ in groups)
    twice = sorted(name for name, count in names.items() if count > 1)
    if twice:
        raise AggregatesRefused(f'"{name}" would name two sums; rename the row or the column.' for name in twice)
    return tuple(
        PublishedSum(name, frozenset(group), None if needed is None else sum(needed[cell] for cell in group))
        for (name, _), group in groups.items()
    )
