"""Plans that nations made for themselves, laid over each other and made one with as little change as can be.

In reading order: ``nations`` is a nation's part of a problem; ``pooling`` and ``merging`` make one plan of many,
``conflicts`` finds where they collide, ``contest`` who wants how much, ``telling`` says it in words, and ``clashes``
gathers it by place, fleet and day; ``agreeing`` finds joint plans, ``burden`` what they ask of each; ``view`` is what a
nation may see of all this, and ``own_part`` its part of a plan by itself.

All is imported from its files, so that looking at what was found loads no solver.
"""
