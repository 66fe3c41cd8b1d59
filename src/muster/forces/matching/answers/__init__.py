"""What planners ask of a matching: why a line is unfilled, what an offer, a caveat, a gate or a nation is worth."""
