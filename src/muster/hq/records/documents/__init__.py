"""Documents: files under labels, with all their versions; none is overwritten, none is deleted."""
