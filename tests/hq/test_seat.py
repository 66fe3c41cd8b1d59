"""The seat under cuts: three sites that know what reached them, and take any step that they may."""

import random
import uuid
from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from muster.hq.sites.seat import Plan, Register, Step, Taken, fold
from muster.hq.sites.seat_rules import may_plan, may_take

SITES = ("KYI", "LON", "PAR")
VOTERS = frozenset(SITES)
LATER = [step for step in Step if step is not Step.PLANNED]


@dataclass
class Site:
    """What a site has heard of, its own steps first."""

    code: str
    heard: list[Taken] = field(default_factory=list)

    @property
    def known(self) -> Register:
        return fold("PAR", self.heard)


@dataclass
class Headquarters:
    """Sites that take steps and hear of each other; links are cut where nobody hears."""

    sites: dict[str, Site] = field(default_factory=lambda: {code: Site(code) for code in SITES})
    everything: list[Taken] = field(default_factory=list)
    planned: int = 0

    def take(self, site: str, taken: Taken) -> None:
        self.sites[site].heard.append(taken)
        self.everything.append(taken)

    def plan(self, site: str, to: str, *, takes_over: bool) -> None:
        known = self.sites[site].known
        if may_plan(known, site, to, VOTERS, takes_over=takes_over):
            self.planned += 1
            move = uuid.UUID(int=self.planned)
            declared = "the seat was lost" if takes_over else ""
            plan = Plan(move, known.next_epoch(), known.seat, to, VOTERS, declared)
            self.take(site, Taken(Step.PLANNED, move, site, plan))

    def possible(self, site: str) -> list[Taken]:
        known = self.sites[site].known
        return [
            Taken(step, move.plan.move, site)
            for move in known.live
            for step in LATER
            if may_take(step, known, move, site)
        ]

    def hear(self, site: str, of: str) -> None:
        """Journals are prefixes: whoever hears of a site hears all that it had."""
        here = self.sites[site].heard
        here.extend(taken for taken in self.sites[of].heard if taken not in here)

    def check(self) -> None:
        known = fold("PAR", self.everything)
        opened = [move.plan for move in known.moves if move.is_opened]
        assert len(opened) == len({plan.epoch for plan in opened}), "an epoch has two seats"
        acting = [site.known.epoch for site in self.sites.values() if site.known.holds_seat(site.code)]
        assert len(acting) == len(set(acting)), "two sites act for the seat in one epoch"
        for move in known.moves:
            if move.is_opened and not move.plan.declaration:
                assert move.by(Step.FROZEN) == {move.plan.leaves}
                assert move.by(Step.PROVED) == {move.plan.to}
        assert fold("PAR", reversed(self.everything)) == known


class Seat(RuleBasedStateMachine):
    """Any step in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.all = Headquarters()

    @rule(site=st.sampled_from(SITES), to=st.sampled_from(SITES), takes_over=st.booleans())
    def plan(self, site: str, to: str, takes_over: bool) -> None:
        self.all.plan(site, to, takes_over=takes_over)

    @precondition(lambda self: self.all.planned)
    @rule(site=st.sampled_from(SITES), which=st.integers(0, 7))
    def step(self, site: str, which: int) -> None:
        if possible := self.all.possible(site):
            self.all.take(site, possible[which % len(possible)])

    @precondition(lambda self: self.all.planned)
    @rule(site=st.sampled_from(SITES), of=st.sampled_from(SITES))
    def hear(self, site: str, of: str) -> None:
        self.all.hear(site, of)

    @invariant()
    def holds(self) -> None:
        self.all.check()


TestSeat = Seat.TestCase
TestSeat.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def play(seed: int, steps: int) -> tuple[int, int]:
    """A story by chance, with links that are cut half of the time; gives moves that were opened, and taken over."""
    chance, all_sites = random.Random(seed), Headquarters()
    for _ in range(steps):
        site, other = chance.choice(SITES), chance.choice(SITES)
        draw = chance.random()
        if draw < 0.03:
            all_sites.plan(site, other, takes_over=chance.random() < 0.2)
        elif draw < 0.55:
            all_sites.hear(site, other)
        elif possible := [
            taken for taken in all_sites.possible(site) if taken.step is not Step.CALLED_OFF or draw > 0.98
        ]:
            all_sites.take(site, chance.choice(possible))
        all_sites.check()
    opened = [move.plan for move in fold("PAR", all_sites.everything).moves if move.is_opened]
    return len(opened), sum(bool(plan.declaration) for plan in opened)


def test_no_story_by_chance_gives_an_epoch_two_seats() -> None:
    stories = [play(seed, 400) for seed in range(8)]
    assert sum(opened for opened, _ in stories) > 10
    assert 0 < sum(taken_over for _, taken_over in stories) < sum(opened for opened, _ in stories)


@pytest.mark.proofs
def test_no_story_of_20_000_steps_gives_an_epoch_two_seats() -> None:
    assert sum(play(seed, 400)[0] for seed in range(1000, 1050)) > 60


def handed_over(*, until: Step) -> tuple[Register, uuid.UUID]:
    """A plain move from Paris to London, up to a step."""
    move = uuid.UUID(int=1)
    story = [
        Taken(Step.PLANNED, move, "PAR", Plan(move, 2, "PAR", "LON", VOTERS, "")),
        Taken(Step.FROZEN, move, "PAR"),
        Taken(Step.PROVED, move, "LON"),
        Taken(Step.SIGNED, move, "PAR"),
        Taken(Step.SIGNED, move, "LON"),
        Taken(Step.ACCEPTED, move, "LON"),
        Taken(Step.ACCEPTED, move, "PAR"),
        Taken(Step.OPENED, move, "LON"),
    ]
    steps: list[Taken] = []
    for taken in story:
        known = fold("PAR", steps)
        if taken.plan is None:
            assert may_take(taken.step, known, known.live[0], taken.site), taken
        steps.append(taken)
        if taken.step is until and (until is not Step.SIGNED or taken.site == "LON"):
            break
    return fold("PAR", steps), move


def test_a_plain_move_ends_with_the_seat_elsewhere() -> None:
    known, _ = handed_over(until=Step.OPENED)
    assert (known.seat, known.epoch) == ("LON", 2)
    assert known.holds_seat("LON")
    assert not known.holds_seat("PAR")


def test_a_frozen_seat_acts_no_more_until_the_move_is_called_off() -> None:
    known, move = handed_over(until=Step.FROZEN)
    assert not known.holds_seat("PAR")
    assert may_take(Step.CALLED_OFF, known, known.live[0], "PAR")
    called_off = fold(
        "PAR",
        [
            Taken(Step.PLANNED, move, "PAR", known.moves[0].plan),
            Taken(Step.FROZEN, move, "PAR"),
            Taken(Step.CALLED_OFF, move, "PAR"),
        ],
    )
    assert called_off.holds_seat("PAR")
    assert called_off.next_epoch() == 3


def test_whoever_has_signed_calls_nothing_off() -> None:
    known, _ = handed_over(until=Step.SIGNED)
    assert not may_take(Step.CALLED_OFF, known, known.live[0], "PAR")


def test_one_site_alone_opens_nothing() -> None:
    known, _ = handed_over(until=Step.SIGNED)
    alone = fold("PAR", [*taken_of(known), Taken(Step.ACCEPTED, known.moves[0].plan.move, "LON")])
    assert not may_take(Step.OPENED, alone, alone.live[0], "LON")


def test_what_was_opened_without_acceptance_counts_for_nothing() -> None:
    known, move = handed_over(until=Step.FROZEN)
    forged = fold("PAR", [*taken_of(known), Taken(Step.OPENED, move, "LON")])
    assert (forged.seat, forged.epoch) == ("PAR", 1)


def test_a_lost_seat_is_taken_over_by_two_of_three() -> None:
    move = uuid.UUID(int=9)
    assert may_plan(fold("PAR", []), "LON", "LON", VOTERS, takes_over=True)
    steps = [Taken(Step.PLANNED, move, "LON", Plan(move, 2, "PAR", "LON", VOTERS, "Paris does not answer"))]
    for step, site in (
        (Step.SIGNED, "LON"), (Step.ACCEPTED, "LON"), (Step.ACCEPTED, "KYI"), (Step.OPENED, "LON")
    ):  # fmt: skip
        known = fold("PAR", steps)
        assert may_take(step, known, known.live[0], site)
        steps.append(Taken(step, move, site))
    assert fold("PAR", steps).holds_seat("LON")


def taken_of(known: Register) -> list[Taken]:
    """The steps of a register, the plan with its own."""
    return [
        Taken(step, move.plan.move, site, move.plan if step is Step.PLANNED else None)
        for move in known.moves
        for step, sites in move.taken.items()
        for site in sites
    ]
