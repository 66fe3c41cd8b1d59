"""Rows and choices of long lists in one go: a loop of the template costs ten times as much for each of them."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

if TYPE_CHECKING:  # whoever collects messages reads templates without any model
    from muster.hq.scenario.models import Row

register = template.Library()
_ANY: Final = UUID(int=0)


@register.simple_tag
def rows(shown: "Iterable[tuple[Row, Sequence[str], str]]") -> SafeString:
    """The rows of a table, each with its name as a link, its owner, its cells and its label."""
    before, after = reverse("row", args=[_ANY]).split(str(_ANY))
    return SafeString(
        "".join(
            f'<tr><th scope="row"><a href="{before}{row.pk}{after}">{escape(row.name or str(row.position))}</a></th>'
            f"<td>{escape(row.owner)}</td>{''.join(f'<td>{escape(text)}</td>' for text in texts)}"
            f"<td><small>{escape(label)}</small></td></tr>\n"
            for row, texts, label in shown
        )
    )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """What a list may be narrowed to.

    Parameters
    ----------
    choices
        What is sent, and what is read.
    """
    return SafeString(
        "".join(
            f'<option value="{escape(sent)}"{" selected" if sent == chosen else ""}>{escape(read)}</option>'
            for sent, read in choices
        )
    )
