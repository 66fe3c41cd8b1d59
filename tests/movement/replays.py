"""A plan laid out for replays in a test: setbacks by hand, and what came of them as a plan again."""

from dataclasses import replace
from typing import Any

import numpy as np

from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.risk.activities import list_activities
from muster.movement.risk.capacity import lay_out_capacity
from muster.movement.risk.replayer import Policy, Replayer
from muster.movement.risk.tables import Ints, Setbacks
from muster.movement.risk.timetable import lay_out_plan
from muster.movement.search import Board
from muster.movement.search.compiled import NEVER


class Rerun:
    """One plan that a test replays."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        board = Board(problem)
        order = {freight.load.load_id: freight.index for freight in board.freights}
        self.moves = sorted(plan.moves, key=lambda move: order[move.load_id])
        self.activities = list_activities(problem, plan, board, self.moves)
        self.table, self.names = lay_out_plan(problem, plan, board)
        self.replayer = Replayer(self.table, lay_out_capacity(board, self.table))
        self.assets = {asset.asset_id: index for index, asset in enumerate(problem.assets)}
        self.lines = {line.uln: index for index, line in enumerate(self.names.lines)}

    def nothing_wrong(self) -> Setbacks:
        """No setbacks at all."""
        count = len(self.activities)

        def none() -> Ints:
            return np.zeros(count, dtype=np.int64)

        never = np.full((max(1, len(self.names.weather)), 1), NEVER, dtype=np.int64)
        return Setbacks(
            delay_min=none(),
            load_min=none(),
            unload_min=none(),
            ready_min=self.table.lines["ready_min"].copy(),
            granted_min=np.array([granted or 0 for granted in self.names.permits], dtype=np.int64),
            available_min=self.table.assets["available_min"].copy(),
            is_absent=np.zeros(len(self.table.assets), dtype=np.bool_),
            closed_from_min=never,
            closed_until_min=never.copy(),
        )

    def wrong(self, **what: Any) -> Setbacks:
        """No setbacks but some: arrays by name."""
        return self.nothing_wrong()._replace(**what)

    def late_asset(self, asset_id: str, minute: int) -> Setbacks:
        """An asset that is there at a minute only."""
        setbacks = self.nothing_wrong()
        setbacks.available_min[self.assets[asset_id]] = minute
        return setbacks

    def closed_min(self, setbacks: Setbacks, policy: Policy) -> dict[str, int]:
        """When each line closes."""
        closed_min = self.replayer.closed_min(setbacks, policy)
        return {uln: int(closed_min[index]) for uln, index in self.lines.items()}

    def replayed(self) -> Plan:
        """The last replay under right shift as a plan, without empty trips."""
        times = {}
        for activity, row in zip(self.activities, self.replayer.times_min().tolist(), strict=True):
            times[activity.asset_id, activity.times_min, activity.aboard] = row
        by_slot = {slot: row for (_, _, aboard), row in times.items() for slot in aboard}
        moves, slot = [], 0
        for move in self.moves:
            steps = []
            for own in move.steps:
                start, departure, arrival, end = by_slot[slot]
                steps.append(replace(own, start_min=start, departure_min=departure, arrival_min=arrival, end_min=end))
                slot += 1
            moves.append(replace(move, steps=tuple(steps)))
        by_voyage = {step.voyage_id: step for move in moves for step in move.steps if step.voyage_id is not None}
        voyages = tuple(
            replace(voyage, load_start_min=step.start_min, departure_min=step.departure_min,
                    arrival_min=step.arrival_min, unload_end_min=step.end_min)
            for voyage in self.plan.voyages
            if (step := by_voyage.get(voyage.voyage_id))
        )  # fmt: skip
        return replace(self.plan, voyages=voyages, moves=tuple(moves))
