"""The scenario of the headquarters: its tables, row by row under labels, entered by those who own the rows."""
