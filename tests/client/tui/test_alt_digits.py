"""Alt with a digit is a key, and writes nothing."""

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser

from hobnob_client.tui.alt_digits import hear_as_keys


@pytest.mark.parametrize("digit", "0123456789")
def test_a_terminals_alt_and_digit_is_no_sign(digit: str) -> None:
    """As a letter with Alt: no text comes of it."""
    hear_as_keys()
    assert f"\x1b{digit}" not in ANSI_SEQUENCES_KEYS
    assert not any(
        getattr(event, "is_printable", False) for event in XTermParser(False).feed(f"\x1b{digit}")
    )
