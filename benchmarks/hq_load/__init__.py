"""A headquarters under load, beside a plain page over the same table."""
