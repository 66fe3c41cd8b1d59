"""The matching of offers to requirements: who serves where in which month."""
