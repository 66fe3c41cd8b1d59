"""Sphinx: how the documentation is built."""

from importlib.metadata import version as installed

project = "Muster"
author = "The Muster engineers"
release = installed("muster-hq")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Muster"
exclude_patterns = ["_build", "conftest.py"]
autodoc_member_order = "bysource"
napoleon_numpy_docstring = True
nitpicky = False
mathjax_path = ""  # formulae stay readable as text: the pages load nothing from elsewhere
