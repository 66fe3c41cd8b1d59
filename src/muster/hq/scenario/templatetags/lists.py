"""Cells and choices of long lists in one go: a loop of the template costs ten times as much for each of them."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cells(texts: Iterable[str]) -> SafeString:
    """The cells of a row."""
    return SafeString("".join(f"<td>{escape(text)}</td>" for text in texts))


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
