"""Several sites of one headquarters: journals that travel, and what comes of writes that had not seen each other."""
