"""Search across all that the viewer may see: rows of every table, versions, documents, and records."""
