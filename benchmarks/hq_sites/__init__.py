"""Journals between two sites: how fast one catches up, beside plain copies of the same tables."""
