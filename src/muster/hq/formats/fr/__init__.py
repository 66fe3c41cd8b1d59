"""Numbers of this language are written as in English."""
