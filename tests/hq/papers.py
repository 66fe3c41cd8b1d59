"""PDFs as tests read them."""

import io

import pytest
from pypdf import PdfReader

from muster.hq.board.paper import has_fonts

needs_fonts = pytest.mark.skipif(not has_fonts(), reason="The fonts are not built; run `make front` first.")


def texts_of(content: bytes) -> list[str]:
    """The text of each page, in the order in which it is drawn."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
