"""Small files of each format that is kept as a document, and files that are none."""

import io
import zipfile
from typing import Final

_ODF: Final = "application/vnd.oasis.opendocument"


def archive(*names: str, mimetype: str = "") -> bytes:
    """An archive with files of these names; an OpenDocument file has its media type first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        if mimetype:
            opened.writestr("mimetype", mimetype)
        for name in names:
            opened.writestr(name, "<x/>")
    return buffer.getvalue()


def office(*names: str) -> bytes:
    """A file of Office Open XML with these parts."""
    return archive("[Content_Types].xml", *names)


GOOD: Final = {
    "order.pdf": b"%PDF-1.7\n%%EOF\n",
    "order.odt": archive("content.xml", mimetype=f"{_ODF}.text"),
    "stocks.ods": archive("content.xml", mimetype=f"{_ODF}.spreadsheet"),
    "brief.odp": archive("content.xml", mimetype=f"{_ODF}.presentation"),
    "order.docx": office("word/document.xml"),
    "stocks.xlsx": office("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    "brief.pptx": office("ppt/presentation.xml"),
    "minutes.txt": "Рішення: MZ-2 о 06:00\r\n".encode(),
    "stocks.csv": b"\xef\xbb\xbfplace,fuel_t\nKyiv,40\n",
    "areas.geojson": b'{"type": "FeatureCollection", "features": []}',
    "map.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "photo.JPEG": b"\xff\xd8\xff\xe1",
    "map.tif": b"II*\0\x08\0\0\0",
    "map.tiff": b"MM\0*\0\0\0\x08",
}
"""A file of each format, by its name."""
