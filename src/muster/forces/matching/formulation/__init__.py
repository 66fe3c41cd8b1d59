"""Models of the matching: the only files here that know a solver."""
