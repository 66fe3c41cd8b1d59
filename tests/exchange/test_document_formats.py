"""Files that are kept as they are: what a name says is held against what the file is."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.document_files import GOOD, archive, office
from muster.exchange.document_formats import FORMATS, FormatRefused, Why, refuse_format, suffix_of
from pages import DOCS

WINDOWS = b"MZ\x90\0\x03\0\0\0\x04"
REFUSED = [
    ("order.exe", WINDOWS, Why.PROGRAM),
    ("order.pdf", WINDOWS, Why.PROGRAM),
    ("order.txt", b"#!/bin/sh\necho\n", Why.PROGRAM),
    ("photo.png", b"\x7fELF\x02", Why.PROGRAM),
    ("order.docx", office("word/document.xml", "word/vbaProject.bin"), Why.PROGRAM),
    ("stocks.xlsx", office("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), Why.PROGRAM),
    ("brief.pptx", office("ppt/presentation.xml", "ppt/activeX/activeX1.bin"), Why.PROGRAM),
    (
        "order.odt",
        archive("content.xml", "Basic/script-lc.xml", mimetype="application/vnd.oasis.opendocument.text"),
        Why.PROGRAM,
    ),
    ("order.docm", GOOD["order.docx"], Why.NOT_LISTED),
    ("page.html", b"<p>x</p>", Why.NOT_LISTED),
    ("map.svg", b"<svg/>", Why.NOT_LISTED),
    ("order", GOOD["order.pdf"], Why.NOT_LISTED),
    ("all.zip", archive("order.pdf"), Why.NOT_LISTED),
    ("order.pdf", GOOD["order.docx"], Why.OTHERWISE),
    ("order.pdf", b"\n%PDF-1.7", Why.OTHERWISE),
    ("order.docx", GOOD["stocks.xlsx"], Why.OTHERWISE),
    ("order.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.OTHERWISE),
    ("order.docx", b"x" + GOOD["order.docx"], Why.OTHERWISE),
    ("order.docx", GOOD["order.docx"][:-9], Why.OTHERWISE),
    ("order.odt", GOOD["stocks.ods"], Why.OTHERWISE),
    ("order.odt", GOOD["order.odt"][:-9], Why.OTHERWISE),
    ("minutes.txt", "déjà".encode("cp1252"), Why.OTHERWISE),
    ("minutes.txt", b"a\0b", Why.OTHERWISE),
    ("areas.geojson", b'{"type": "Topology"}', Why.OTHERWISE),
    ("areas.geojson", b"[" * 100_000, Why.OTHERWISE),
    ("areas.geojson", b"[]", Why.OTHERWISE),
    ("map.tif", b"II*\x01", Why.OTHERWISE),
]


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_kept(name: str) -> None:
    refuse_format(name, GOOD[name])


def test_there_is_a_file_of_each_format() -> None:
    assert {suffix_of(name) for name in GOOD} == set(FORMATS)


@pytest.mark.parametrize(("name", "content", "why"), REFUSED)
def test_a_file_that_is_not_kept_is_told_why(name: str, content: bytes, why: Why) -> None:
    with pytest.raises(FormatRefused) as refused:
        refuse_format(name, content)
    assert (refused.value.why, refused.value.suffix) == (why, suffix_of(name))


def test_the_guide_tells_each_format() -> None:
    page = (DOCS / "guides" / "documents.md").read_text(encoding="utf-8")
    assert [suffix for suffix in FORMATS if f"`{suffix}`" not in page] == []


@given(
    name=st.sampled_from(sorted(FORMATS)),
    start=st.sampled_from([b"", *(content[:40] for content in GOOD.values())]),
    rest=st.binary(max_size=80),
)
def test_whatever_bytes_are_sent_they_are_kept_or_refused(name: str, start: bytes, rest: bytes) -> None:
    with suppress(FormatRefused):
        refuse_format(f"x{name}", start + rest)
