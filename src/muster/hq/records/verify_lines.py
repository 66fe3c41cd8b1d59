"""The lines of a journal as a verifier reads them: strictly, and by no code that writes journals.

Every line has one spelling. What is hashed or signed is taken as the bytes that stand there, and a line that could be
spelled otherwise is as unreadable as one with a brace missing.
"""

from datetime import datetime
from typing import Annotated, Final, TypeVar

from msgspec import DecodeError, Meta, Raw, Struct, ValidationError
from msgspec.json import Decoder, decode, encode

T = TypeVar("T")
Hex16 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
"""A salt."""
Hex32 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
"""A SHA-256 digest."""
Hex64 = Annotated[str, Meta(pattern=r"\A([0-9a-f]{128})?\Z")]
"""An Ed25519 signature, or none."""
Site = Annotated[str, Meta(pattern=r"\A[A-Z][A-Z0-9]{1,7}\Z")]
Sequence = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Word = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\Z")]
LabelText = Annotated[str, Meta(pattern=r"\A[A-Z]{3}/(open|restricted|sensitive)/(ALL|[A-Z]{3}(\+[A-Z]{3})*)?\Z")]
Id = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
HybridText = Annotated[str, Meta(pattern=r"(?a)\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\+\d{6}\Z")]
InstantText = Annotated[str, Meta(pattern=r"(?a)\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")]
WITHHELD: Final = "withheld"
PURGED: Final = "purged"
"""Reasons why a body is not there."""
_ABSENT: Final = {f'"{reason}"'.encode(): reason for reason in (WITHHELD, PURGED)}
_MOST_LEVELS: Final = 32


class Unreadable(ValueError):
    """A line that has not the one spelling of an event or a checkpoint."""


class Head(Struct, forbid_unknown_fields=True, frozen=True):
    """The first line of a journal."""

    format: str
    public_key_sha256: Hex32
    site: Site


class Header(Struct, forbid_unknown_fields=True, frozen=True):
    """What the chain is made of; fields in the order of their spelling."""

    actor: Annotated[str, Meta(min_length=1)]
    body_digest: Hex32
    label: LabelText
    object_id: Id
    object_kind: Word
    sequence: Sequence
    site: Site
    time: HybridText
    verb: Word


class Content(Struct, forbid_unknown_fields=True, frozen=True):
    """A body as it stands there, and its salt."""

    body: Raw
    salt: Hex16


class Mark(Struct, forbid_unknown_fields=True, frozen=True):
    """What a checkpoint signs; fields in the order of their spelling."""

    hash: Hex32
    sealed_at: InstantText
    sequence: Sequence
    site: Site


class EventLine(Struct, forbid_unknown_fields=True, frozen=True):
    """The line of an event, its parts as they stand there."""

    content: Raw
    hash: Hex32
    header: Raw
    previous: Hex32


class CheckpointLine(Struct, forbid_unknown_fields=True, frozen=True):
    """The line of a checkpoint, what is signed as it stands there."""

    checkpoint: Raw
    signature: Hex64


_HEAD: Final = Decoder(Head)
_HEADER: Final = Decoder(Header)
_CONTENT: Final = Decoder(Content)
_MARK: Final = Decoder(Mark)
_EVENT: Final = Decoder(EventLine)
_CHECKPOINT: Final = Decoder(CheckpointLine)


def is_of_event(line: bytes) -> bool:
    """Whether a line, even with a byte changed, is an event."""
    return b'"header":' in line or b'"previous":' in line


def is_of_checkpoint(line: bytes) -> bool:
    """Whether a line, even with a byte changed, is a checkpoint."""
    return not is_of_event(line) and (b'"checkpoint":' in line or b'"signature":' in line)


def read_head(line: bytes) -> Head:
    """First line of a journal; raises `Unreadable`."""
    return _read(_HEAD, line.removesuffix(b"\n"))


def read_event(line: bytes) -> tuple[EventLine, Header, Content | str]:
    """Line, header and content of an event, the reason where the body is not there; raises `Unreadable`."""
    event = _read(_EVENT, _ended(line))
    header = _read(_HEADER, bytes(event.header))
    _refuse_no_instant(header.time[:23])
    absent = _ABSENT.get(bytes(event.content))
    return event, header, absent or _read(_CONTENT, bytes(event.content))


def read_checkpoint(line: bytes) -> tuple[CheckpointLine, Mark]:
    """Line of a checkpoint and what it signs; raises `Unreadable`."""
    checkpoint = _read(_CHECKPOINT, _ended(line))
    mark = _read(_MARK, bytes(checkpoint.checkpoint))
    _refuse_no_instant(mark.sealed_at[:26])
    return checkpoint, mark


def has_one_spelling(body: bytes) -> bool:
    """Whether a body is spelled as the format wants it, and holds only what has one spelling."""
    try:
        value = decode(body)
        return encode(value, order="sorted") == body and _is_plain(value, 1)
    except (DecodeError, UnicodeError, RecursionError):
        return False


def _refuse_no_instant(text: str) -> None:
    try:
        datetime.fromisoformat(f"{text}+00:00")
    except ValueError:
        raise Unreadable(f"{text} is not in the calendar") from None


def _ended(line: bytes) -> bytes:
    if not line.endswith(b"\n"):
        raise Unreadable("the line does not end")
    return line[:-1]


def _read(decoder: Decoder[T], text: bytes) -> T:
    try:
        value = decoder.decode(text)
    except (DecodeError, ValidationError, UnicodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    if encode(value) != text:
        raise Unreadable("it is spelled otherwise than the format says")
    return value


def _is_plain(value: object, level: int) -> bool:
    """Whether a value is text, a truth, nothing, a whole number that a double holds, or made of these."""
    if isinstance(value, str | bool | None):
        return True
    if isinstance(value, int):
        return abs(value) < 2**53
    if level > _MOST_LEVELS:
        return False
    if isinstance(value, list):
        return all(_is_plain(inner, level + 1) for inner in value)
    return isinstance(value, dict) and all(
        name.isascii() and _is_plain(inner, level + 1) for name, inner in value.items()
    )
