"""Padding: a sealed text's length tells little (Padmé), and at most twelve per cent is added.

Padmé: a length keeps as many leading bits as its logarithm has, the others are rounded up. The text
is followed by 0x80 and zeros.
"""

from typing import Final

from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.limits import SEALED_BYTES_MAX, SEALED_PADDING_MIN

RULES: Final = {
    "sealed.padding": "what is sealed is 1 byte or more, 0x80, and zeros up to its Padmé length",
}
"""The rule a padded text must keep, by the name its `SealError` carries."""

_MARK: Final = b"\x80"


def padded_length(length: int) -> int:
    """The length that `length` bytes are padded to."""
    if length <= SEALED_PADDING_MIN:
        return SEALED_PADDING_MIN
    exponent = length.bit_length() - 1
    rounded_bits = exponent - exponent.bit_length()
    mask = (1 << rounded_bits) - 1
    return (length + mask) & ~mask


def pad(text: bytes) -> bytes:
    """A text with its mark and zeros; UsageError where it is empty or too long."""
    length = padded_length(len(text) + 1)
    if not text or length > SEALED_BYTES_MAX:
        raise UsageError(f"1 to {SEALED_BYTES_MAX - 1} bytes can be sealed, not {len(text)}")
    return (text + _MARK).ljust(length, b"\0")


def unpad(padded: bytes) -> bytes:
    """The text; SealError where `pad` would have made other bytes of it."""
    marked = padded.rstrip(b"\0")
    text = marked[:-1]
    if not text or marked[-1:] != _MARK or len(padded) != padded_length(len(marked)):
        raise SealError("sealed.padding")
    return text
