"""Random numbers that stay the same for the same question.

Each replication and each thing that is uncertain has a stream of its own, so that two plans under comparison meet the
same late trains (common random numbers) and a replication gives the same numbers whichever worker runs it.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np


@dataclass(frozen=True, slots=True)
class Draws:
    """Independent random streams under one seed."""

    seed: int

    def __post_init__(self) -> None:
        """Refuse a negative seed."""
        if self.seed < 0:
            raise ValueError(f"Seed {self.seed} is negative; give 0 or more.")

    def stream(self, subject: str, *, replication: int = 0) -> np.random.Generator:
        """Generator of one subject in one replication.

        Parameters
        ----------
        subject
            What is uncertain, for example ``"train DEU-R01 voyage 3 delay"``.
        replication
            Number of the replication, 0 or more.

        Raises
        ------
        ValueError
            When the replication is negative.
        """
        if replication < 0:
            raise ValueError(f"Replication {replication} of {subject!r} is negative; give 0 or more.")
        name = int.from_bytes(blake2b(subject.encode(), digest_size=16).digest(), "big")
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, replication, name])))
