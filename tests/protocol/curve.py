"""edwards25519 by its definition (RFC 8032 §5.1): slow, and independent of any library."""

from typing import Final

FIELD: Final = 2**255 - 19
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
SIGN_BIT: Final = 1 << 255
NEUTRAL: Final = (0, 1)

_D: Final = -121665 * pow(121666, -1, FIELD) % FIELD
_ROOT: Final = pow(2, (FIELD - 1) // 4, FIELD)

Point = tuple[int, int]


def add(one: Point, other: Point) -> Point:
    """The sum of two points."""
    (x1, y1), (x2, y2) = one, other
    k = _D * x1 * x2 * y1 * y2 % FIELD
    x = (x1 * y2 + x2 * y1) * pow(1 + k, -1, FIELD) % FIELD
    y = (y1 * y2 + x1 * x2) * pow(1 - k, -1, FIELD) % FIELD
    return x, y


def multiply(factor: int, point: Point) -> Point:
    """A point added to itself so many times."""
    total = NEUTRAL
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


def point_at(y: int) -> Point | None:
    """A point of this height, or None where the curve has none."""
    squared = (y * y - 1) * pow(_D * y * y + 1, -1, FIELD) % FIELD
    x = pow(squared, (FIELD + 3) // 8, FIELD)
    for candidate in (x, x * _ROOT % FIELD):
        if candidate * candidate % FIELD == squared:
            return candidate, y
    return None


def encode(point: Point) -> bytes:
    """32 bytes: y, and the lowest bit of x at the top."""
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def low_order_points() -> list[Point]:
    """The points whose order divides 8, sorted: points that have lost their part of main order."""
    found: set[Point] = set()
    y = 2
    while len(found) < 8:
        point = point_at(y)
        if point is not None:
            x = point[0]
            found |= {multiply(ORDER, point), multiply(ORDER, (-x % FIELD, y))}
        y += 1
    return sorted(found)
