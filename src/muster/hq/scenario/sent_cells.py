"""Cells and labels that a program sends, read as those of a form."""

from collections.abc import Mapping

from muster.disclosure.labels import EVERY_NATION, Label
from muster.exchange.scenario import Table
from muster.hq.label_form import LabelForm
from muster.hq.scenario.forms import RowForm
from muster.hq.scenario.tables import NATION


class CellsRefused(Exception):
    """Cells that cannot be saved.

    Attributes
    ----------
    faults
        Column and rule of each.
    """

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"{len(faults)} cells cannot be saved.")
        self.faults = faults


def read_cells(table: Table, owner: str, sent: Mapping[str, str]) -> dict[str, str]:
    """Filled cells as they are kept; the nation of the owner need not be sent.

    Raises
    ------
    CellsRefused
        With everything that is wrong.
    """
    form = RowForm(sent, table=table, owner=owner, cells={})
    known = set(form.fields) - {"version"}
    faults = [(name, f'Table "{table.name}" has no such column; see its description.') for name in sent
              if name not in known | {NATION}]  # fmt: skip
    if NATION not in known and sent.get(NATION, owner) != owner:
        faults.append((NATION, f"Rows of {owner} say {owner} here, or leave it out."))
    if not form.is_valid():
        faults += [(column, str(rule)) for column, rules in form.errors.items() for rule in rules]
    if faults:
        raise CellsRefused(tuple(faults))
    return form.cells()


def read_label(owner: str, marking: str, releasable_to: list[str]) -> Label:
    """A label that a program sends, read as that of a form.

    Raises
    ------
    CellsRefused
        Where a marking or a nation is not known, or ALL stands beside others.
    """
    is_every = releasable_to == [EVERY_NATION]
    told = {"version": 1, "marking": marking, "every_nation": is_every}
    form = LabelForm({**told, "releasable_to": [] if is_every else releasable_to}, owner=owner)
    if not form.is_valid():
        raise CellsRefused(tuple((part, str(rule)) for part, rules in form.errors.items() for rule in rules))
    return form.label()
