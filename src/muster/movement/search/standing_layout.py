"""Lays a standing plan out beside the choices of a board: lines are restored from it, changes counted against it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from muster.movement.plan import Move, Plan, Step, Voyage
from muster.movement.problem import SELF
from muster.movement.search import tables as t
from muster.movement.search.board import Board
from muster.movement.search.choices import Freight
from muster.movement.search.tables import NONE, Tables


def lay_standing(board: Board, tables: Tables, plan: Plan) -> Tables:
    """The same tables with a standing plan, as far as what it says is still among the choices.

    Parameters
    ----------
    plan
        A plan for the problem of the board, or for one with more choices than that.
    """
    return _StandingLayout(board, tables, plan).tables()


class _StandingLayout:
    """Looks the steps of a plan up among the choices."""

    def __init__(self, board: Board, tables: Tables, plan: Plan) -> None:
        self.board, self.laid, self.plan = board, tables, plan
        services = (service for hop in board.hops.values() for service in hop.services)
        self.service_of = {
            (service.hop.leg.leg_id, SELF if service.kind is None else service.kind.asset_type_id): index
            for index, service in enumerate(services)
        }
        self.diary_of = {asset.asset_id: index for index, asset in enumerate(board.problem.assets)}
        self.voyage_of = {voyage.voyage_id: voyage for voyage in plan.voyages}
        self.legs = np.full(len(board.units), NONE, dtype=np.int64)
        self.rides = np.zeros(tables.slots, dtype=t.RIDE)
        self.rides["stage"] = NONE
        self.journeys = np.full(len(board.freights), NONE, dtype=np.int64).repeat(2).view(t.JOURNEY)

    def tables(self) -> Tables:
        """The tables with what was found."""
        freight_of = {freight.load.load_id: freight for freight in self.board.freights}
        for move in self.plan.moves:
            if move.load_id in freight_of:
                self._lay(freight_of[move.load_id], move)
        return self.laid._replace(
            has_standing=1,
            standing_legs=self.legs,
            standing_rides=self.rides,
            standing_journeys=self.journeys,
            standing_trips=self._trips(),
        )

    def _lay(self, freight: Freight, move: Move) -> None:
        started = self.board.so_far.started_min
        left = sum(step.leg_id not in started for step in move.steps)
        self.legs[freight.unit.index] = max(0, self.legs[freight.unit.index]) + left
        own = self.laid.freights[freight.index]
        for way in self.laid.ways[own["ways_first"] : own["ways_last"]]:
            itinerary = self.board.problem.itineraries[way["itinerary"]]
            if itinerary.legs == tuple(step.leg_id for step in move.steps):
                self.journeys[freight.index] = way["front"], way["onward"]
                stages = [*self._stages(way["front"]), *self._stages(way["onward"])]
                for slot, (stage, step) in enumerate(zip(stages, move.steps, strict=True), int(own["slot"])):
                    self._stand(slot, stage, step)
                return

    def _stages(self, chain: int) -> Sequence[int]:
        if chain == NONE:
            return ()
        own = self.laid.chains[chain]
        stages: list[int] = self.laid.chain_stages[own["first"] : own["last"]].tolist()
        return stages

    def _stand(self, slot: int, stage: int, step: Step) -> None:
        """Write a ride down where its carrier is still among the options of the stage."""
        diary, service = NONE, self.service_of.get((step.leg_id, SELF))
        if step.voyage_id is not None:
            voyage = self.voyage_of.get(step.voyage_id)
            if voyage is None or voyage.asset_id not in self.diary_of:
                return
            diary, service = self.diary_of[voyage.asset_id], self._service(step.leg_id, voyage.asset_id)
        own = self.laid.stages[stage]
        for index in range(own["options_first"], own["options_last"]):
            option = self.laid.options[index]
            if option["service"] == service and (diary == NONE or self.laid.is_in_crew[option["crew"], diary]):
                times = (step.start_min, step.departure_min, step.arrival_min, step.end_min)
                self.rides[slot] = (stage, index, NONE, diary, *times, NONE, NONE, 0.0)

    def _service(self, leg_id: str, asset_id: str) -> int | None:
        asset = self.board.problem.asset_of.get(asset_id)
        return None if asset is None else self.service_of.get((leg_id, asset.asset_type_id))

    def _trips(self) -> t.Records:
        laid = sorted(self.plan.voyages, key=lambda voyage: (voyage.load_start_min, voyage.unload_end_min))
        rows: list[tuple[Any, ...]] = []
        empty_departure_min: dict[str, int] = {}
        for voyage in laid:
            if voyage.leg_id is None:
                empty_departure_min[voyage.asset_id] = voyage.departure_min
            elif (service := self._service(voyage.leg_id, voyage.asset_id)) is not None:
                rows.append(self._trip(voyage, service, empty_departure_min.pop(voyage.asset_id, NONE)))
        return np.array(rows, dtype=t.TRIP) if rows else np.zeros(0, dtype=t.TRIP)

    def _trip(self, voyage: Voyage, service: int, empty_departure_min: int) -> tuple[Any, ...]:
        """A loaded voyage, and when the empty one before it departs."""
        times = (voyage.load_start_min, voyage.departure_min, voyage.arrival_min, voyage.unload_end_min)
        return (service, self.diary_of[voyage.asset_id], *times, NONE, 0, NONE, empty_departure_min, NONE)
