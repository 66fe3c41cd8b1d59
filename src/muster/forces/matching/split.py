"""Parts of a matching that have nothing to do with each other: no offer, and no limit, reaches from one to the next.

An offer serves in requirements of its own capability only. So a coalition falls into many small questions, each of
which can be answered to the end; what changes in one leaves the others as they are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from muster.forces.matching.limits import reachable_limits
from muster.forces.matching.pairing import fits
from muster.forces.matching.problem import MatchingProblem
from muster.forces.offers import Offer


def split(problem: MatchingProblem) -> tuple[MatchingProblem, ...]:
    """The parts, in the order of their first requirements; each holds only the rows that concern it."""
    offers_of: defaultdict[str, list[Offer]] = defaultdict(list)
    standing = [offer for offer in problem.offers if offer.stands]
    for offer in standing:
        offers_of[offer.capability].append(offer)
    groups = _Groups()
    for requirement in problem.requirements:
        groups.join(f"requirement {requirement.requirement_id}")
        for offer in offers_of[requirement.capability]:
            if fits(offer, requirement):
                groups.join(f"requirement {requirement.requirement_id}", f"offer {offer.offer_id}")
    for nation in sorted({caveat.nation for caveat in reachable_limits(problem)}):
        limited = [f"offer {offer.offer_id}" for offer in standing if offer.nation == nation]
        groups.join(*(name for name in limited if name in groups))
    return tuple(_part(problem, members) for members in groups.members() if any(_is_requirement(m) for m in members))


def _is_requirement(name: str) -> bool:
    return name.startswith("requirement ")


class _Groups:
    """Names that belong together."""

    def __init__(self) -> None:
        self._leader: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._leader

    def join(self, *names: str) -> None:
        """Put names into one group, new ones too."""
        leaders = [self._find(name) for name in names]
        for leader in leaders[1:]:
            self._leader[self._find(leader)] = self._find(leaders[0])

    def _find(self, name: str) -> str:
        self._leader.setdefault(name, name)
        while (above := self._leader[name]) != name:
            self._leader[name] = self._leader[above]
            name = above
        return name

    def members(self) -> Iterable[set[str]]:
        found: dict[str, set[str]] = {}
        for name in self._leader:
            found.setdefault(self._find(name), set()).add(name)
        return found.values()


def _part(problem: MatchingProblem, members: set[str]) -> MatchingProblem:
    requirements = tuple(row for row in problem.requirements if f"requirement {row.requirement_id}" in members)
    offers = tuple(offer for offer in problem.offers if f"offer {offer.offer_id}" in members)
    nations, gates = {offer.nation for offer in offers}, {gate for offer in offers for gate in offer.gates}
    caveats = tuple(caveat for caveat in problem.caveats if caveat.nation in nations)
    ids = {offer.offer_id for offer in offers}
    return replace(
        problem,
        requirements=requirements,
        offers=offers,
        caveats=caveats,
        lifted=problem.lifted & {caveat.caveat_id for caveat in caveats},
        gates=tuple(gate for gate in problem.gates if gate.gate_id in gates),
        activations=tuple(row for row in problem.activations if row.nation is None or row.nation in nations),
        previous=tuple(tour for tour in problem.previous if tour.offer_id in ids),
        countries={row.place: problem.countries[row.place] for row in requirements},
        gate_scenario="",
    )
