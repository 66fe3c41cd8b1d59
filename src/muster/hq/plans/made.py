"""A plan as it was made, before it is kept: values that need no database."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from muster.exchange.scenario import Scenario
from muster.exchange.scenario.canonical import take_in
from muster.hq.plans.choices import Kind


class Course(Protocol):
    """Whom long work tells how far it is, and asks whether to go on."""

    def tell(self, fraction: float | None, text: str) -> None:
        """Tell how far it is, 0 to 1; None where nobody knows."""

    def should_stop(self) -> bool:
        """Whether somebody asked to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLine:
    """One thing that a plan does for one nation.

    Attributes
    ----------
    start_d, end_d
        Days after C-day; None where it does not happen.
    late_d
        Days after the date that was asked for, 0 where it is kept.
    told
        What else its nation may know of it, by name.
    why
        Why it is late or left out; for the headquarters alone, since it may speak of others.
    """

    nation: str
    key: str
    name: str
    start_d: float | None
    end_d: float | None
    late_d: float
    told: Mapping[str, Any]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A plan with all that is kept of it.

    Attributes
    ----------
    figures
        Key figures by name, as ``summary.json`` has them.
    findings
        How many rules the independent check found broken.
    """

    kind: Kind
    case: str
    figures: Mapping[str, Any]
    files: Mapping[str, bytes]
    lines: tuple[MadeLine, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan is made of and how long it may take.

    Attributes
    ----------
    case
        Empty is the scenario's own.
    """

    case: str
    seed: int
    time_limit_s: float

    def digest(self, files: Mapping[str, bytes]) -> str:
        """SHA-256 over the files of the scenario and what is asked."""
        digest = hashlib.sha256(json.dumps([self.case, self.seed, self.time_limit_s]).encode())
        take_in(digest, sorted(files.items()))
        return digest.hexdigest()


Maker = Callable[[Scenario, Asked, Course], Made]
