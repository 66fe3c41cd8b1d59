"""Keeping a headquarters: its backups, restoring one, upgrading, and looking whether all is well."""
