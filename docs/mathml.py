"""Formulae as MathML: browsers draw it by themselves, so the pages load nothing from elsewhere.

The converter belongs to the dependency group ``docs``, which is not installed where the types are checked; it is
therefore imported by name.
"""

from html import escape
from importlib import import_module
from typing import Any

REFUSED = "merror"
"""Element in which a converter leaves what it did not understand."""


def to_mathml(latex: str, *, is_block: bool) -> str:
    """MathML of a formula; lines broken by two backslashes are aligned at their ampersands.

    Raises
    ------
    ValueError
        The formula holds a command that the converter does not know.
    """
    wrapped = rf"\begin{{aligned}}{latex}\end{{aligned}}" if r"\\" in latex and r"\begin" not in latex else latex
    drawn = str(import_module("latex2mathml.converter").convert(wrapped, display="block" if is_block else "inline"))
    unknown = [part for part in drawn.split("<mi>") if part.startswith("\\")]
    if unknown or REFUSED in drawn:
        raise ValueError(f"Formula {latex!r} holds a command that MathML has no sign for; write it another way.")
    return drawn


def visit_inline(writer: Any, node: Any) -> None:
    """Write a formula in a line of text."""
    _write(writer, node, is_block=False)


def visit_block(writer: Any, node: Any) -> None:
    """Write a formula that stands by itself."""
    _write(writer, node, is_block=True)


def _write(writer: Any, node: Any, *, is_block: bool) -> None:
    latex = node.astext()
    kind = "div" if is_block else "span"
    drawn = to_mathml(latex, is_block=is_block)
    writer.body.append(f'<{kind} class="math" title="{escape(latex)}">{drawn}</{kind}>')
    raise import_module("docutils.nodes").SkipNode


def setup(app: Any) -> dict[str, bool]:
    """Register the drawing of formulae with Sphinx, which calls this."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
