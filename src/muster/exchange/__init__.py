"""Foreign formats, in and out, and the drawing of reports: bytes in, values of rooms out."""
