"""Lengths are rounded, and come back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.limits import SEALED_BYTES_MAX, SEALED_PADDING_MIN
from hobnob_protocol.sealing.padding import pad, padded_length, unpad


@pytest.mark.parametrize(
    ("length", "padded"),
    [(1, 64), (64, 64), (65, 72), (72, 72), (73, 80), (128, 128), (129, 144), (1000, 1024)],
)
def test_a_length_becomes_its_padme_length(length: int, padded: int) -> None:
    """And short ones all the same."""
    assert padded_length(length) == padded


@given(st.integers(1, 1 << 20))
def test_padding_adds_an_eighth_at_most(length: int) -> None:
    """Twelve per cent where there is more than the least."""
    padded = padded_length(length)
    assert length <= padded == padded_length(padded)
    assert padded == SEALED_PADDING_MIN or padded <= length * 1.12 + 1


@given(st.binary(min_size=1, max_size=300))
def test_a_text_comes_back(text: bytes) -> None:
    """Whatever it ends with."""
    assert unpad(pad(text)) == text


def test_the_longest_text_fits_and_no_longer_one() -> None:
    """Its mark is one byte; nothing is no text."""
    longest = b"x" * (SEALED_BYTES_MAX - 1)
    assert len(pad(longest)) == SEALED_BYTES_MAX
    assert unpad(pad(longest)) == longest
    for text in (longest + b"x", b""):
        with pytest.raises(UsageError):
            pad(text)


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        bytes(64),
        b"\x80".ljust(64, b"\0"),
        b"text".ljust(64, b"\0"),
        b"text\x80".ljust(63, b"\0"),
        b"text\x80".ljust(72, b"\0"),
        b"text\x81".ljust(64, b"\0"),
    ],
)
def test_only_its_own_padding_comes_off(padded: bytes) -> None:
    """One text has one padded form."""
    with pytest.raises(SealError) as caught:
        unpad(padded)
    assert caught.value.rule == "sealed.padding"
