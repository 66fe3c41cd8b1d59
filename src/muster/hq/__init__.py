"""The web application of the headquarters: people, records, disclosure, plans. The only room that knows Django."""
