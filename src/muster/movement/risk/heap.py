"""What comes next, in order of time; at one minute, in the order of the plan."""

from muster.movement.risk.compiled import compiled
from muster.movement.risk.tables import Ints


@compiled
def push(heap: Ints, count: Ints, key: int) -> None:
    """Put a number in; ``count[0]`` is how many there are."""
    place = count[0]
    count[0] += 1
    while place > 0:
        above = (place - 1) >> 1
        if heap[above] <= key:
            break
        heap[place] = heap[above]
        place = above
    heap[place] = key


@compiled
def pop(heap: Ints, count: Ints) -> int:
    """Take the smallest number out."""
    least = heap[0]
    count[0] -= 1
    last, room = heap[count[0]], count[0]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= room:
            break
        if below + 1 < room and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= last:
            break
        heap[place] = heap[below]
        place = below
    heap[place] = last
    return int(least)
