"""The boundary: the database refuses what a viewer may not see, by a signed context and row-level security."""
