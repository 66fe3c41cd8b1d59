"""Notices: what one account is told of, until it has seen it."""
