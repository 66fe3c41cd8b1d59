"""People: nations, posts, and who holds a post."""
