"""A seal key opens what was sealed to it, and nothing else is one."""

import pytest

from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.sealing.seal_key import (
    PUBLIC_BYTES,
    SEALING_BYTES,
    SealKey,
    check_public,
    is_low_order_u,
    kid_of,
    next_seed,
    seal_to,
)
from tests.protocol import curve

KEY = SealKey(b"s" * 32)


def test_what_is_sealed_to_a_key_it_opens() -> None:
    """With the same info, and each time it is sealed it looks otherwise."""
    one, other = (seal_to(KEY.public, b"secret", b"info") for _ in range(2))
    assert one != other
    assert KEY.open(one, b"info") == KEY.open(other, b"info") == b"secret"
    assert len(one) == len(b"secret") + SEALING_BYTES


@pytest.mark.parametrize("at", [0, 1087, 1088, 1119, 1120, -1])
def test_one_bit_of_what_is_sealed_closes_it(at: int) -> None:
    """In either encapsulation, the text or the tag."""
    sealed = bytearray(seal_to(KEY.public, b"secret", b"info"))
    sealed[at] ^= 1
    assert KEY.open(bytes(sealed), b"info") is None


def test_another_info_another_key_and_no_bytes_open_nothing() -> None:
    """None, never an error of the library."""
    sealed = seal_to(KEY.public, b"secret", b"info")
    assert KEY.open(sealed, b"other") is None
    assert SealKey(b"t" * 32).open(sealed, b"info") is None
    assert [KEY.open(sealed[:length], b"info") for length in (0, 1, 1119, 1120, 1135)] == [None] * 5


def test_a_low_order_encapsulation_opens_nothing() -> None:
    """The X25519 part of what is sealed may be anything; a known secret does not come of it."""
    sealed = seal_to(KEY.public, b"secret", b"info")
    assert KEY.open(sealed[:1088] + bytes(32) + sealed[1120:], b"info") is None


def test_a_key_is_made_of_its_seed_alone() -> None:
    """And its name of its public part."""
    assert SealKey(b"s" * 32).public == KEY.public
    assert KEY.kid == kid_of(KEY.public)
    assert len(KEY.public) == PUBLIC_BYTES
    with pytest.raises(UsageError):
        SealKey(b"s" * 31)


def test_the_next_seed_is_another_and_always_the_same() -> None:
    """So a restored device finds the way its keys have gone."""
    assert next_seed(b"s" * 32) == next_seed(b"s" * 32) != b"s" * 32


def test_a_key_never_shows_its_secret() -> None:
    """In a crash report there is its name."""
    assert repr(KEY) == f"SealKey({KEY.kid.hex()})"


def _montgomery(point: curve.Point) -> int:
    """The u of the same point on curve25519 (RFC 7748 §4.1); of the neutral one it is 0."""
    y = point[1]
    return 0 if y == 1 else (1 + y) * pow(1 - y, -1, curve.FIELD) % curve.FIELD


def test_every_point_of_low_order_is_refused() -> None:
    """All that the curve has, by its definition, and the one more of its twist, where u = -1."""
    found = {_montgomery(point) for point in curve.low_order_points()} | {curve.FIELD - 1}
    assert len(found) == 5
    for u in found:
        assert is_low_order_u(u.to_bytes(32, "little"))
        assert is_low_order_u((u | 1 << 255).to_bytes(32, "little"))


def test_a_second_way_to_write_a_key_is_refused() -> None:
    """Beyond the field, or with its highest bit."""
    x25519 = KEY.public[-32:]
    assert not is_low_order_u(x25519)
    assert is_low_order_u((int.from_bytes(x25519, "little") | 1 << 255).to_bytes(32, "little"))
    assert is_low_order_u((curve.FIELD + 9).to_bytes(32, "little"))


@pytest.mark.parametrize(
    ("public", "rule"),
    [
        (KEY.public[:-1], "seal_key.length"),
        (KEY.public + b"\0", "seal_key.length"),
        (b"\xff" * 1184 + KEY.public[-32:], "seal_key.ml_kem"),
        (KEY.public[:-32] + bytes(32), "seal_key.x25519"),
    ],
)
def test_what_is_no_key_is_refused_by_name(public: bytes, rule: str) -> None:
    """Before anything is sealed to it."""
    with pytest.raises(SealError) as caught:
        check_public(public)
    assert caught.value.rule == rule
    with pytest.raises(SealError):
        seal_to(public, b"secret", b"info")
