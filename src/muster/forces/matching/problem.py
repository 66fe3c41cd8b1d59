"""The question of a matching: which offered unit serves in which requirement in which month."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from muster.forces.activation import Activation
from muster.forces.caveats import Caveat
from muster.forces.gates import Gate
from muster.forces.matching.plan import Tour
from muster.forces.nations import BurdenKey, Nation
from muster.forces.offers import Offer, OfferStatus
from muster.forces.requirements import Requirement
from muster.measures import Timeline

CRITICALITY_WEIGHTS: Final = (16, 8, 4, 2, 1)
"""Weight of a covered unit by the criticality of its requirement, 1 to 5; a planner's choice, each twice the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """How units take turns.

    Attributes
    ----------
    ratio
        Units needed for one in place: it serves, others rest, train and prepare. After a tour a unit stays away until
        ``ratio`` times the months of the tour have passed since the tour began.
    tour_months
        Months of a usual tour.
    overlap_d
        Days for which a relief is there beside the unit that it relieves.
    deploy_d
        Days from ready to load until ready to serve in place.
    """

    ratio: int
    tour_months: int
    overlap_d: int
    deploy_d: int

    def __post_init__(self) -> None:
        """Refuse a rotation in which nobody could serve."""
        if self.ratio < 1 or self.tour_months < 1 or self.overlap_d < 0 or self.deploy_d < 0:
            raise ValueError(f"Rotation {self} is none; ratio and tour_months are 1 or more, days 0 or more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A factor that the matching uses, with where it comes from."""

    factor_id: str
    value: float
    unit: str
    source: str
    grade: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingProblem:
    """Everything that a matching depends on; a folder with a matching holds it whole.

    Attributes
    ----------
    months
        Months planned, counted from C-day.
    gate_scenario
        What is supposed of the gates, for reading; the rows of ``gates`` say it already.
    countries
        Country of each place that a requirement names.
    people_by_type
        People of a unit of each type that a row names.
    mission_country
        Country of the mission; None is none, and then an offer for neighbours only may serve anywhere.
    status_likelihood
        Chance that an offer of a status is kept, 0 to 1.
    lifted
        Caveats that are supposed to be lifted.
    previous
        Tours of an earlier matching from which few changes are wanted.
    """

    title: str
    case: str
    scenario_hash: str
    timeline: Timeline
    months: int
    rotation: Rotation
    nations: tuple[Nation, ...]
    requirements: tuple[Requirement, ...]
    offers: tuple[Offer, ...]
    caveats: tuple[Caveat, ...]
    gates: tuple[Gate, ...]
    activations: tuple[Activation, ...]
    countries: Mapping[str, str]
    people_by_type: Mapping[str, int]
    status_likelihood: Mapping[OfferStatus, float]
    mission_country: str | None = None
    burden_key: BurdenKey = BurdenKey.ARMED_FORCES
    criticality_weights: tuple[int, ...] = CRITICALITY_WEIGHTS
    gate_scenario: str = "expected"
    lifted: frozenset[str] = frozenset()
    previous: tuple[Tour, ...] = ()
    assumptions: tuple[Assumption, ...] = field(default=())

    def people_of(self, row: Requirement | Offer) -> int:
        """People of one unit of a row: as it says, else as its type has; 0 where neither is known."""
        if row.people is not None:
            return row.people
        return 0 if row.unit_type is None else self.people_by_type.get(row.unit_type, 0)

    def concerns(self, caveat: Caveat, requirement: Requirement) -> bool:
        """Whether a caveat speaks of the place and the task of a requirement, which does not tolerate it."""
        return (
            caveat.category not in requirement.tolerates
            and caveat.country in {None, self.countries.get(requirement.place)}
            and caveat.place in {None, requirement.place}
            and caveat.task in {None, requirement.task}
        )

    def without_nation(self, nation: str) -> Self:
        """The problem in which a nation has withdrawn everything."""
        return replace(
            self,
            offers=tuple(
                replace(offer, status=OfferStatus.WITHDRAWN) if offer.nation == nation else offer
                for offer in self.offers
            ),
        )

    def without_caveats(self, *caveat_ids: str) -> Self:
        """The problem in which caveats are lifted."""
        return replace(self, lifted=self.lifted | set(caveat_ids))

    def with_gates(self, gates: Mapping[str, Gate]) -> Self:
        """The problem with other states of some gates, by their ids."""
        return replace(self, gates=tuple(gates.get(gate.gate_id, gate) for gate in self.gates))

    def with_offers(self, *offers: Offer) -> Self:
        """The problem with more offers."""
        return replace(self, offers=(*self.offers, *offers))

    def without_rotation(self) -> Self:
        """The problem in which a unit may go again as soon as it is back."""
        return replace(self, rotation=replace(self.rotation, ratio=1))
