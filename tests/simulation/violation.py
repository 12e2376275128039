"""What a simulation raises when a promise is broken."""


class Violation(Exception):
    """An invariant does not hold; the text says which and where."""
