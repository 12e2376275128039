"""Signatures no honest device makes: keys and beginnings with a part of low order.

Libraries are known to differ about these ("Taming the many EdDSAs", Chalkias, Garillot and
Nikolaenko 2020). They are made from the curve alone.
"""

from collections.abc import Iterator
from hashlib import sha512
from typing import Final

from hobnob_protocol.event import Claim
from tests.protocol import curve

SECRET: Final = 12345678901234567890
NONCE: Final = 98765432109876543210
MESSAGES: Final = [b"message %d" % number for number in range(8)]
"""Whether the equation holds depends on the hash: it does for some of so many."""


def base() -> curve.Point:
    """B of RFC 8032 §5.1: of the two points of this height the one whose x is even."""
    found = curve.point_at(4 * pow(5, -1, curve.FIELD) % curve.FIELD)
    assert found is not None
    x, y = found
    return (x if x % 2 == 0 else curve.FIELD - x, y)


def made(public: curve.Point, nonce: int, begins: curve.Point, message: bytes) -> Claim:
    """Key, signature and message, by somebody who knows the secret of `public` but for its part of
    low order, and the `nonce` of `begins`, likewise."""
    key, r = curve.encode(public), curve.encode(begins)
    h = int.from_bytes(sha512(r + key + message).digest(), "little")
    return key, r + ((nonce + h * SECRET) % curve.ORDER).to_bytes(32, "little"), message


def beginning_with_low_order() -> Iterator[Claim]:
    """R is a point of low order, for each of those; under the neutral one the equation holds."""
    public = curve.multiply(SECRET, base())
    for begins in curve.low_order_points():
        for message in MESSAGES:
            yield made(public, 0, begins, message)


def mixed() -> Iterator[Claim]:
    """The key, R or both have each of the eight parts of low order, and one of full order."""
    public, begins = curve.multiply(SECRET, base()), curve.multiply(NONCE, base())
    for low in curve.low_order_points():
        for message in MESSAGES:
            yield made(curve.add(public, low), NONCE, begins, message)
            yield made(public, NONCE, curve.add(begins, low), message)
            yield made(curve.add(public, low), NONCE, curve.add(begins, low), message)
