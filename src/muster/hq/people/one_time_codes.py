"""One-time codes by time (RFC 6238): six digits every half minute, each taken once."""

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

DIGITS: Final = 6
STEP_S: Final = 30
DRIFT: Final = 1
"""Steps that a clock may be early or late."""
_SECRET_BYTES: Final = 20


def draw_secret() -> bytes:
    """Draw the key that a headquarters and an application share."""
    return secrets.token_bytes(_SECRET_BYTES)


def code_at(secret: bytes, *, at: datetime) -> str:
    """The code of an instant.

    Examples
    --------
    The last six digits of the example of RFC 6238 for 59 seconds after the epoch:

    >>> from datetime import UTC
    >>> code_at(b"12345678901234567890", at=datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC))
    '287082'
    """
    return _code(secret, step_of(at))


def step_of(at: datetime) -> int:
    """Which half minute an instant is in."""
    return int(at.timestamp()) // STEP_S


def find_step(secret: bytes, code: str, *, after: int, at: datetime) -> int | None:
    """Find the step whose code it is; None where there is none that may be taken.

    Parameters
    ----------
    after
        Step of the last code that was taken; neither it nor an earlier one is taken again.
    """
    now = step_of(at)
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if hmac.compare_digest(_code(secret, step), code):
            return step
    return None


def address_of(secret: bytes, *, post: str, headquarters: str) -> str:
    """The address that an application reads from a picture or takes as a link."""
    label = quote(f"{headquarters}:{post}")
    return f"otpauth://totp/{label}?{urlencode({'secret': in_letters(secret), 'issuer': headquarters})}"


def in_letters(secret: bytes) -> str:
    """The key as people type it into an application."""
    return base64.b32encode(secret).decode().rstrip("=")


def _code(secret: bytes, step: int) -> str:
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - what applications know
