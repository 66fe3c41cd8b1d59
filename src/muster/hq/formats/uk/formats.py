"""A point before decimals, so that a figure reads the same to everybody who looks at it."""

DECIMAL_SEPARATOR = "."
