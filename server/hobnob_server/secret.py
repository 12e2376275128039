"""A value that must not be seen: whatever prints it prints a mask."""

from typing import Final

MASK: Final = "(secret)"


class Secret:
    """Holds bytes; only `reveal` gives them back, so a leak has a name one can search for."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value: Final = value

    def reveal(self) -> bytes:
        """The value itself: never for a message, a log line or an error."""
        return self._value

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return MASK
