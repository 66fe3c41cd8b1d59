"""A plan made again while it is carried out: what has happened stands, the rest is improved at a price of change.

In reading order: ``events`` is what may happen, ``misfits`` what of it the plan does not have; ``history`` is what has
happened of a plan, ``calendars`` and ``applying`` the problem as events leave it, ``rest`` the rest of the move as a
problem of its own and the way back; ``changes`` tells two plans apart in words, ``courses`` are two searches with a
price on change and ``curve`` is lateness against change, ``review`` knows which findings are facts.

All is imported from its files, so that looking at what was found loads no solver.
"""
