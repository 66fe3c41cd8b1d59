"""A good matching quickly, and a better one with time."""
