"""What a command of the headquarters is refused with."""


class Refused(Exception):
    """Something that cannot be done; the message says why, and what to do, to whoever gave the command."""
