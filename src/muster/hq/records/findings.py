"""What a verifier has to say of a journal: findings, each at its place, and what the journal proves without them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong in a journal.

    Attributes
    ----------
    rule
        What does not hold; the rules stand in ``docs/formulation/records.md``.
    place
        The event concerned, ``KYI#101``; for the file as a whole, its site.
    message
        A sentence that says it.
    line
        Of the file, from 1.
    """

    rule: str
    place: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of verifying a journal.

    Attributes
    ----------
    events
        Number of events in the file that could be read.
    last
        Highest sequence of the chain, 0 without events.
    withheld, purged
        Sequences of events whose body is not there, with the reason that the file gives. No fault: their headers
        are verified, what they said is not.
    sealed_to, sealed_hash, sealed_at
        Last event under a genuine checkpoint, its hash in hexadecimal, and when it was signed; 0 and empty without one.
        Whether events are missing after it, only a checkpoint kept elsewhere can tell.
    keys
        Events that handed the key of the site over, each with the fingerprint of the key that signs after it.
    findings
        Everything that is wrong, in order of the file.
    """

    site: str
    events: int
    last: int
    withheld: tuple[int, ...]
    purged: tuple[int, ...]
    sealed_to: int
    sealed_hash: str
    sealed_at: str
    keys: tuple[tuple[int, str], ...]
    findings: tuple[Finding, ...]

    @property
    def not_yet_sealed(self) -> int:
        """Number of events after the last genuine checkpoint: chained, and signed by nobody yet."""
        return self.last - self.sealed_to
