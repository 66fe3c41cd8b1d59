"""What must still happen once a line has closed, because others wait for it: tails until the force closes.

The tail of a ride is the least time from its end until its line closes. Until the last line closes it takes longer: a
line that waits for it sets out then, and needs at least the time of its slowest load on that one's quickest way; and so
does the line that waits for that one.
"""

from dataclasses import replace

import numpy as np

from muster.movement.formulation.choices import Choices, Ints
from muster.movement.turns import in_turn


def until_closure(choices: Choices) -> Choices:
    """The same choices with the ends of options and the tails of rides until the force closes."""
    if not any(line.after for line in choices.lines):
        return choices
    follow_min = _follow_min(choices)
    load_follow_min = follow_min[choices.load_line]
    options = np.diff(choices.load_option)
    return replace(
        choices,
        option_end_min=choices.option_end_min + np.repeat(load_follow_min, options),
        tail_min=choices.tail_min + load_follow_min[choices.ride_load],
    )


def _follow_min(choices: Choices) -> Ints:
    """Least minutes from the closure of each line to that of the last line that waits for it. Shape (n_lines,)."""
    row = {line.uln: index for index, line in enumerate(choices.lines)}
    after = {line.uln: [uln for uln in line.after if uln in row] for line in choices.lines}
    span_min = _span_min(choices)
    follow_min = np.zeros(len(row), dtype=np.int64)
    for uln in reversed(in_turn(after, after)):
        for ahead in after[uln]:
            whole_min = span_min[row[uln]] + follow_min[row[uln]]
            follow_min[row[ahead]] = max(follow_min[row[ahead]], whole_min)
    return follow_min


def _span_min(choices: Choices) -> Ints:
    """Least minutes from when a line sets out until it closes. Shape (n_lines,)."""
    whole_min = np.array([way.whole_min for way in choices.ways], dtype=np.int64)[choices.ride_way]
    stage_min = np.minimum.reduceat(whole_min + choices.tail_min, choices.stage_ride[:-1])
    first = np.minimum(choices.option_first[:-1], len(choices.option_stage) - 1)
    is_empty = np.diff(choices.option_first) == 0
    option_min = np.where(is_empty, 0, stage_min[choices.option_stage[first]])
    span_min = np.zeros(len(choices.lines), dtype=np.int64)
    np.maximum.at(span_min, choices.load_line, np.minimum.reduceat(option_min, choices.load_option[:-1]))
    return span_min
