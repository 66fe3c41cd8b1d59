"""Cells and choices of long lists in one go: a loop of the template costs ten times as much for each of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cells(texts: Iterable[str]) -> SafeString:
    """The cells of a row."""
    return format_html_join("", "<td>{}</td>", ((text,) for text in texts))


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """What a list may be narrowed to.

    Parameters
    ----------
    choices
        What is sent, and what is read.
    """
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((sent, SafeString(" selected" if sent == chosen else ""), read) for sent, read in choices),
    )
