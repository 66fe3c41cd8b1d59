"""Forms of rows, drawn from the description of their table."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from muster.exchange.scenario import CellKind, Column, Table
from muster.exchange.scenario.cells import CellReader, UnreadableCell, words_of
from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.scenario.described import empty_told, title_of, told
from muster.hq.scenario.tables import CONTENT, NATION, is_owner_said

LABEL_COLUMN = "label"
"""Column of a folder that stands for the label of the row, which has a page of its own here."""


class RowForm(forms.Form):
    """A row as its owner enters it.

    Parameters
    ----------
    owner
        Whose the row is; its nation is not asked for.
    cells
        What the row says now.
    """

    def __init__(
        self, data: Any = None, *, table: Table, owner: str, cells: Mapping[str, str], version: int = 0
    ) -> None:
        super().__init__(data, initial={**cells, "version": version})
        self._columns = [
            column
            for column in table.column_of.values()
            if column.name != LABEL_COLUMN and not (column.name == NATION and is_owner_said(table.name))
        ]
        self._fixed = {NATION: owner} if is_owner_said(table.name) and owner != HEADQUARTERS else {}
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        for column in self._columns:
            self.fields[column.name] = _field(column)

    def clean(self) -> dict[str, Any]:
        """Read each cell as a table of a scenario folder is read, with the same rules and remedies."""
        cleaned = super().clean() or {}
        for column in self._columns:
            text = str(cleaned.get(column.name) or "").strip()
            cleaned[column.name] = text
            if text:
                try:
                    CellReader(column).read(text)
                except UnreadableCell as refused:
                    self.add_error(column.name, str(refused))
        return cleaned

    def cells(self) -> dict[str, str]:
        """Filled cells as text, by column."""
        filled = {column.name: self.cleaned_data[column.name] for column in self._columns}
        return {**self._fixed, **{name: text for name, text in filled.items() if text}}


def _field(column: Column) -> forms.Field:
    shown = {"label": title_of(column.name), "required": column.required, "help_text": _help(column)}
    words = ("yes", "no") if column.kind is CellKind.YES_NO else words_of(column)
    if words and not column.is_list:
        return forms.ChoiceField(choices=[("", "—"), *((word, word) for word in words)], **shown)  # type: ignore[arg-type]
    widget: forms.Widget = forms.TextInput()
    if column.name == CONTENT:
        widget = forms.Textarea(attrs={"rows": 24, "spellcheck": "false"})
    elif column.refers_to:
        widget = forms.TextInput(attrs={"list": f"known-{column.refers_to.value}", "autocomplete": "off"})
    return forms.CharField(widget=widget, **shown)  # type: ignore[arg-type]


def _help(column: Column) -> str:
    unit = f" [{gettext(column.unit)}]" if column.unit else ""
    several = " " + gettext("Several are parted by semicolons.") if column.is_list else ""
    empty = " " + gettext("Empty: %(what)s.") % {"what": empty_told(column.empty)} if column.empty else ""
    return f"{told(column.meaning)}{unit}.{several}{empty}"
