"""Coverage as a distribution: gates that open or not, words that are kept or not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverageRisk:
    """Coverage over many draws of gates and offers.

    Attributes
    ----------
    shares
        Weighted share covered in each run, in the order of the runs: the matching as it stands, with what falls away
        taken out.
    rematched
        The same, matched again in each run.
    full_likelihood
        Chance that each requirement is wholly covered when matched again, by requirement.
    causes
        Mean share lost when one gate or one offer's word alone is in doubt, most first: (gate or offer id, share).
    """

    runs: int
    seed: int
    shares: tuple[float, ...]
    rematched: tuple[float, ...]
    full_likelihood: tuple[tuple[str, float], ...]
    causes: tuple[tuple[str, float], ...]
