"""Formats of files that are kept as they are: a closed list, and whether a file is what its name says.

A look at the first bytes and at the names inside an archive, and no more: that tells a program from a document, and a
renamed file from a true one. It does not read what a document says, and finds nothing that is hidden in it.
"""

import io
import json
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

_OOXML: Final = "application/vnd.openxmlformats-officedocument"
_ODF: Final = "application/vnd.oasis.opendocument"
_GEOJSON_TYPES: Final = frozenset(
    {
        "FeatureCollection", "Feature", "GeometryCollection", "Point", "MultiPoint", "LineString", "MultiLineString",
        "Polygon", "MultiPolygon",
    }
)  # fmt: skip
_ACTIVE: Final = ("vbaproject.bin", "/macrosheets/", "/activex/")
"""Parts of names of an Office Open XML file that hold a program."""
_ACTIVE_ODF: Final = ("Basic/", "Scripts/")
"""Folders of an OpenDocument file that hold one."""
_MACOS: Final = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_PROGRAMS: Final = (b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", *_MACOS)
"""How programs begin: of Linux, a script, of Java, of macOS."""
_ARCHIVE: Final = b"PK\x03\x04"
_FIRST_NAME: Final = 30
"""Where the name of the first file of an archive begins."""


class Why(StrEnum):
    """Why a file is not kept."""

    NOT_LISTED = "its format is not one of those that are kept"
    OTHERWISE = "it is not what its name says"
    PROGRAM = "it is a program, or holds one"


class FormatRefused(ValueError):
    """A file that is not kept.

    Attributes
    ----------
    suffix
        End of its name, with the dot.
    """

    def __init__(self, name: str, suffix: str, why: Why) -> None:
        super().__init__(f'File "{name}" is refused: {why}; send it in one of {", ".join(FORMATS)}.')
        self.suffix, self.why = suffix, why


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """A format of files.

    Attributes
    ----------
    media_type
        As a browser is told.
    is_like
        Whether a file begins as this format does.
    """

    media_type: str
    is_like: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _open_document(media_type: str) -> DocumentFormat:
    first = f"mimetype{media_type}PK".encode()

    def is_like(content: bytes) -> bool:
        return content.startswith(first, _FIRST_NAME) and "content.xml" in _names_in(content)

    return DocumentFormat(media_type, is_like)


def _office_document(media_type: str, part: str) -> DocumentFormat:
    return DocumentFormat(media_type, lambda content: {"[Content_Types].xml", part} <= set(_names_in(content)))


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(sign) == "Cc" for sign in set(text) - set("\t\n\r\f"))


def _is_geojson(content: bytes) -> bool:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("type") in _GEOJSON_TYPES


FORMATS: Final[Mapping[str, DocumentFormat]] = {
    ".pdf": DocumentFormat("application/pdf", _begins(b"%PDF-")),
    ".odt": _open_document(f"{_ODF}.text"),
    ".ods": _open_document(f"{_ODF}.spreadsheet"),
    ".odp": _open_document(f"{_ODF}.presentation"),
    ".docx": _office_document(f"{_OOXML}.wordprocessingml.document", "word/document.xml"),
    ".xlsx": _office_document(f"{_OOXML}.spreadsheetml.sheet", "xl/workbook.xml"),
    ".pptx": _office_document(f"{_OOXML}.presentationml.presentation", "ppt/presentation.xml"),
    ".txt": DocumentFormat("text/plain; charset=utf-8", _is_text),
    ".csv": DocumentFormat("text/csv; charset=utf-8", _is_text),
    ".geojson": DocumentFormat("application/geo+json", _is_geojson),
    ".png": DocumentFormat("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": DocumentFormat("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": DocumentFormat("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".tif": DocumentFormat("image/tiff", _begins(b"II*\0", b"MM\0*")),
    ".tiff": DocumentFormat("image/tiff", _begins(b"II*\0", b"MM\0*")),
}
"""Formats that are kept, by the end of the name."""


def suffix_of(name: str) -> str:
    """End of a name in small letters, with the dot; empty where there is none.

    Examples
    --------
    >>> suffix_of("Order 12.PDF"), suffix_of("order")
    ('.pdf', '')
    """
    return PurePosixPath(name.lower()).suffix


def refuse_format(name: str, content: bytes) -> None:
    """Refuse a file that is a program, is not of the list, or is not what its name says.

    Raises
    ------
    FormatRefused
        With the reason.
    """
    suffix = suffix_of(name)
    if _is_program(content):
        raise FormatRefused(name, suffix, Why.PROGRAM)
    if suffix not in FORMATS:
        raise FormatRefused(name, suffix, Why.NOT_LISTED)
    if not FORMATS[suffix].is_like(content):
        raise FormatRefused(name, suffix, Why.OTHERWISE)
    if content.startswith(_ARCHIVE) and _is_active(content):
        raise FormatRefused(name, suffix, Why.PROGRAM)


def _is_program(content: bytes) -> bool:
    """Whether it begins as a program does; those of Windows begin with two letters, with which a text may begin too."""
    return content.startswith(_PROGRAMS) or (content.startswith(b"MZ") and b"\0" in content[:64])


def _is_active(content: bytes) -> bool:
    names = _names_in(content)
    return any(part in name.lower() for name in names for part in _ACTIVE) or any(
        name.startswith(_ACTIVE_ODF) for name in names
    )  # fmt: skip


def _names_in(content: bytes) -> list[str]:
    """Names of the files in an archive; none where it is no archive from its first byte."""
    if not content.startswith(_ARCHIVE):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        return []
