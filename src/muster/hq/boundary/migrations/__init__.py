"""Schema of the boundary."""
