"""What stands while a matching is made: who is in place, and the tours of every unit."""

from typing import Any, NamedTuple

import numpy as np

from muster.forces.matching.compiled import compiled
from muster.forces.matching.search.tables import Ints, Tables


class Board(NamedTuple):
    """What changes.

    Attributes
    ----------
    in_place
        Elements in place. Shape (n_requirements, n_months).
    of_nation
        Units in place of each nation, for requirements with a rule about nations (others have an empty row). Shape
        (n_ruled, n_months, n_nations); ``ruled`` is the row of a requirement, -1 without a rule.
    nations
        Nations in place. Shape (n_ruled, n_months).
    limited
        People in place under each limit. Shape (n_limits, n_months).
    of_offer
        Units in place of each offer. Shape (n_offers, n_months).
    tours, tour_count
        Tours of each unit in the order of their months, and how many. Shapes (n_units, n_months), (n_units,).
    """

    in_place: Ints
    ruled: Ints
    of_nation: Any
    nations: Any
    limited: Ints
    of_offer: Ints
    tours: Ints
    tour_count: Ints


def empty_board(tables: Tables) -> Board:
    """A board on which nobody serves."""
    months = tables.need.shape[1]
    has_rule = (tables.nations_max >= 0) | (tables.framework != -1)
    ruled = np.where(has_rule, np.cumsum(has_rule) - 1, -1).astype(np.int64)
    nations = int(tables.nation.max(initial=0)) + 1
    return Board(
        in_place=np.zeros_like(tables.need),
        ruled=ruled,
        of_nation=np.zeros((int(has_rule.sum()), months, nations), np.int32),
        nations=np.zeros((int(has_rule.sum()), months), np.int32),
        limited=np.zeros((len(tables.limit_people), months), np.int64),
        of_offer=np.zeros((len(tables.units), months), np.int64),
        tours=np.full((len(tables.unit_offer), months), -1, np.int64),
        tour_count=np.zeros(len(tables.unit_offer), np.int64),
    )


@compiled
def may_serve(tables: Tables, board: Board, offer: int, tour: int) -> bool:
    """Whether the rules about offers and nations let a unit of an offer do a tour."""
    requirement, nation = tables.requirement[tour], tables.nation[offer]
    first, end = tables.first[tour], tables.first[tour] + tables.months[tour]
    for month in range(first, end):
        if board.of_offer[offer, month] >= tables.most[offer]:
            return False
    row = board.ruled[requirement]
    if row >= 0:
        most, framework = tables.nations_max[requirement], tables.framework[requirement]
        for month in range(first, end):
            if most >= 0 and board.of_nation[row, month, nation] == 0 and board.nations[row, month] >= most:
                return False
            if (
                framework != -1
                and framework != nation
                and (framework < 0 or board.of_nation[row, month, framework] == 0)
            ):
                return False
    for limit in range(len(tables.limit_people)):
        if tables.limit_nation[limit] == nation and tables.limit_covers[limit, requirement]:
            for month in range(first, end):
                if (
                    tables.limit_holds[limit, month]
                    and board.limited[limit, month] + tables.people[offer] > tables.limit_people[limit]
                ):
                    return False
    return True


@compiled
def move(tables: Tables, board: Board, offer: int, tour: int, sign: int) -> float:
    """Put a tour on the board (sign 1) or take it off (-1); gives what that changes in worth, favour included."""
    requirement, nation = tables.requirement[tour], tables.nation[offer]
    row = board.ruled[requirement]
    changed = 0
    for month in range(tables.first[tour], tables.first[tour] + tables.months[tour]):
        need, before = tables.need[requirement, month], board.in_place[requirement, month]
        after = before + sign * tables.elements[tour]
        board.in_place[requirement, month] = after
        board.of_offer[offer, month] += sign
        changed += tables.worth[requirement, month] * (min(need, after) - min(need, before))
        if row >= 0:
            was = board.of_nation[row, month, nation]
            board.of_nation[row, month, nation] = was + sign
            board.nations[row, month] += (was + sign > 0) - (was > 0)
    for limit in range(len(tables.limit_people)):
        if tables.limit_nation[limit] == nation and tables.limit_covers[limit, requirement]:
            for month in range(tables.first[tour], tables.first[tour] + tables.months[tour]):
                board.limited[limit, month] += sign * tables.people[offer]
    return float(changed * (1.0 + tables.favour[offer]))


@compiled
def put_unit(tables: Tables, board: Board, unit: int, tours: Ints, count: int) -> float:
    """Give a unit its tours; gives the worth added."""
    added = 0.0
    offer = tables.unit_offer[unit]
    board.tour_count[unit] = count
    for number in range(count):
        board.tours[unit, number] = tours[number]
        added += move(tables, board, offer, tours[number], 1)
    return added


@compiled
def take_unit(tables: Tables, board: Board, unit: int) -> float:
    """Take a unit off the board; gives the worth lost, as a negative number."""
    lost = 0.0
    for number in range(board.tour_count[unit]):
        lost += move(tables, board, tables.unit_offer[unit], board.tours[unit, number], -1)
    board.tour_count[unit] = 0
    return lost
