"""The certificate of a bound as gzipped JSON beside the plan, with the digest of the problem that it belongs to."""

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from typing import Final

import msgspec

from muster.exchange.plan_json import UnreadableDocument
from muster.movement.formulation import Certificate
from muster.movement.problem import Problem

FILE: Final = "certificate.json.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    problem_sha256: str
    certificate: Certificate


class ForeignCertificate(ValueError):
    """A certificate of another problem than the one it lies beside."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: belongs to another problem than problem.json.gz, or the problem was changed since; plan again "
            "with `muster movement plan`, which writes both."
        )


def encode(certificate: Certificate, problem: Problem) -> bytes:
    """A certificate as gzipped JSON; equal certificates of equal problems give equal bytes."""
    document = _Document(problem_sha256=problem_sha256(problem), certificate=certificate)
    return gzip.compress(msgspec.json.encode(document), compresslevel=6, mtime=0)


def decode(document: bytes, problem: Problem, *, name: str = FILE) -> Certificate:
    """A certificate of a problem.

    Raises
    ------
    UnreadableDocument
        When the bytes are not gzip, not JSON, or not a certificate.
    ForeignCertificate
        When it belongs to another problem.
    """
    try:
        read = msgspec.json.decode(gzip.decompress(document), type=_Document)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise UnreadableDocument(name, str(error)) from error
    if read.problem_sha256 != problem_sha256(problem):
        raise ForeignCertificate(name)
    return read.certificate


def problem_sha256(problem: Problem) -> str:
    """Digest of everything that a problem says."""
    return hashlib.sha256(msgspec.json.encode(problem, order="deterministic")).hexdigest()
