"""Saved views: filters of a list under a name, for the post that saved them."""
