"""A file that somebody sends to be kept: its name made safe, its size and format looked at."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from muster.exchange.document_formats import FORMATS, FormatRefused, Why, refuse_format, suffix_of
from muster.hq.records.documents.models import LARGEST_BYTES, LONGEST_NAME
from muster.hq.records.documents.refusals import DocumentRefused

SUFFIXES: Final = " ".join(suffix.removeprefix(".") for suffix in FORMATS)
"""Ends of names of files that are kept, for people."""
LARGEST_MB: Final = LARGEST_BYTES // 1_000_000
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
"""Signs that some system keeps out of names."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file to be kept.

    Attributes
    ----------
    dated_on
        Date that it bears; None where it is not said.
    """

    name: str
    content: bytes
    dated_on: date | None = None

    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return sha256(self.content).hexdigest()


def read_sent(sent: UploadedFile, dated_on: date | None) -> SentFile:  # type: ignore[type-arg]  # no generic at run time
    """Take in a file that came with a form.

    Raises
    ------
    DocumentRefused
        When it is too large to be read.
    """
    size = sent.size or 0
    if size > LARGEST_BYTES:
        raise DocumentRefused(
            _('"%(file)s" has %(mb)s MB, and a file %(most)d MB at most; send a smaller one, or several.')
            % {"file": safe_name(str(sent.name)), "mb": f"{size / 1e6:.1f}", "most": LARGEST_MB},
            field="file",
        )
    return SentFile(safe_name(str(sent.name)), sent.read(), dated_on)


def refuse_file(file: SentFile) -> None:
    """Refuse a file that is empty, too large, or of a format that is not kept.

    Raises
    ------
    DocumentRefused
        With what to do instead.
    """
    if not file.content:
        raise DocumentRefused(_('"%(file)s" is empty; choose another file.') % {"file": file.name}, field="file")
    if len(file.content) > LARGEST_BYTES:
        raise DocumentRefused(
            _('"%(file)s" has more than %(most)d MB; send a smaller file, or several.')
            % {"file": file.name, "most": LARGEST_MB},
            field="file",
        )
    try:
        refuse_format(file.name, file.content)
    except FormatRefused as refused:
        told = {"file": file.name, "formats": SUFFIXES, "suffix": refused.suffix.removeprefix(".") or "?"}
        raise DocumentRefused(_rule(refused.why) % told, field="file") from None


def safe_name(name: str) -> str:
    r"""A name that every system can keep: no folder, no sign that is not seen or has a meaning, and not too long.

    Examples
    --------
    >>> safe_name("C:\\Orders\\..\\Order: 12?.PDF")
    'Order_ 12_.PDF'
    >>> safe_name("order\u202efdp.exe")
    'orderfdp.exe'
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    kept = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    suffix = kept[len(kept) - len(suffix_of(kept)) :]
    stem = kept.removesuffix(suffix)[: LONGEST_NAME - len(suffix)] if len(suffix) < LONGEST_NAME else ""
    return f"{stem}{suffix[:LONGEST_NAME]}" or "document"


def _rule(why: Why) -> str:
    return {
        Why.NOT_LISTED: _('"%(file)s": a file .%(suffix)s is not kept; send it as one of: %(formats)s.'),
        Why.OTHERWISE: _(
            '"%(file)s" is no file .%(suffix)s as its name says, or is damaged;'
            " save it anew in that format (text in UTF-8)."
        ),
        Why.PROGRAM: _('"%(file)s" is a program, or holds macros; save it without them.'),
    }[why]
