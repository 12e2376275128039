"""Alt with a digit is a key, as everywhere.

Textual takes what terminals send for it (Escape, then the digit) for the sign that a Mac's keyboard
writes so, as ¡ for 1: where one writes it would stand in the text, and no key would be heard. A
Mac's terminal sends the sign itself, so nobody loses it.
"""

from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_DIGITS: Final = "0123456789"


def hear_as_keys() -> None:
    """From now on, in this process."""
    for digit in _DIGITS:
        ANSI_SEQUENCES_KEYS.pop(f"\x1b{digit}", None)  # type: ignore[attr-defined]  # A dict by fact; there is no public way.
