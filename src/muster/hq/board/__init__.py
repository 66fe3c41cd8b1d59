"""What the room looks at: a kept plan as map, time, Gantt, curves and warnings, each viewer theirs."""
