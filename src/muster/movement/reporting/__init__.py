"""What people look at in a plan, as values: ``report`` is all of it, and the rest its parts.

``closure`` is the arrival of the force over time, ``usage`` what each resource carries, ``bottlenecks`` which of them
bind; ``march`` makes the march tables and credits, ``march_graph`` shows who is on a road when.
"""
