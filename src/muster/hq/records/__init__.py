"""The journal of records: every write is an event, chained and signed, and can be verified without trusting this."""
