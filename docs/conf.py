"""Sphinx: how the documentation is built; it needs no network, and nor do the pages."""

import sys
from importlib import import_module
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

project = "Muster"
author = "The Muster engineers"
release = installed("muster-hq")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Muster"
exclude_patterns = ["_build"]
autodoc_member_order = "bysource"
napoleon_numpy_docstring = True
nitpicky = False
autodoc_typehints = "description"
html_math_renderer = "mathml"


def setup(app: Any) -> None:
    """Show tables as plain text: there is nothing to highlight in a CSV file."""
    app.add_lexer("csv", import_module("pygments.lexers.special").TextLexer)
