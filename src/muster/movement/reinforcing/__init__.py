"""What more of a bottleneck would be worth, and what it would take to close by a day.

In reading order: ``reinforcement`` is one more unit of something, ``costs`` what units cost, ``shadow_prices`` what one
is worth by the bound, ``unit_values`` what it is worth when planned again, ``valuing`` finds that;
``reinforcement_search`` looks for cheap sets of units, ``close_by`` leads it beside the proved least cost.
"""
