"""A second decoder, written from the specification alone: slow, plain, and sharing nothing.

It says whether bytes are one canonical value within the bounds, and which; not why not.
"""

from typing import Final

from hobnob_protocol.limits import ARRAY_ITEMS_MAX, DEPTH_MAX, ITEMS_MAX, MAP_ITEMS_MAX

Read = tuple[object, int]


class Refused(Exception):
    """The bytes are not one canonical value within the bounds."""


class _Budget:
    """What is left of the items of one value."""

    def __init__(self) -> None:
        self.items = ITEMS_MAX

    def spend(self) -> None:
        self.items -= 1
        if self.items < 0:
            raise Refused


def read(data: bytes) -> object:
    """The value of `data`; Refused where it is not canonical."""
    value, end = _value(data, 0, 0, _Budget())
    if end != len(data):
        raise Refused
    return value


def _value(data: bytes, at: int, depth: int, budget: _Budget) -> Read:
    budget.spend()
    first = _bytes(data, at, 1)[0]
    at += 1
    if first <= 0x7F:
        return first, at
    if first >= 0xE0:
        return first - 256, at
    if first in _CONSTANTS:
        return _CONSTANTS[first], at
    if 0xCC <= first <= 0xD3:
        return _integer(data, at, first)
    for low, high, marks, least in _LENGTHS:
        if low <= first <= high:
            return _sized(data, at, first - low, marks, depth, budget)
        if first in marks:
            width = marks[first]
            count = int.from_bytes(_bytes(data, at, width), "big")
            # The least length of a width is one more than the next smaller form can say.
            if count < least.get(width, 0):
                raise Refused
            return _sized(data, at + width, count, marks, depth, budget)
    raise Refused


def _sized(
    data: bytes, at: int, count: int, marks: dict[int, int], depth: int, budget: _Budget
) -> Read:
    if marks is _BIN:
        return _bytes(data, at, count), at + count
    if marks is _STR:
        return _text(_bytes(data, at, count)), at + count
    if depth == DEPTH_MAX or count > (ARRAY_ITEMS_MAX if marks is _ARRAY else MAP_ITEMS_MAX):
        raise Refused
    if marks is _ARRAY:
        parts: list[object] = []
        for _ in range(count):
            part, at = _value(data, at, depth + 1, budget)
            parts.append(part)
        return tuple(parts), at
    pairs: dict[str, object] = {}
    last: bytes | None = None
    for _ in range(count):
        key, at = _value(data, at, depth + 1, budget)
        if not isinstance(key, str) or (last is not None and key.encode() <= last):
            raise Refused
        last = key.encode()
        pairs[key], at = _value(data, at, depth + 1, budget)
    return pairs, at


def _integer(data: bytes, at: int, first: int) -> Read:
    signed = first >= 0xD0
    width = 1 << (first & 3)
    value = int.from_bytes(_bytes(data, at, width), "big", signed=signed)
    if signed:
        least = {1: -33, 2: -129, 4: -32_769, 8: -2_147_483_649}[width]
        canonical = value <= least
    else:
        canonical = value >= {1: 128, 2: 256, 4: 65_536, 8: 4_294_967_296}[width]
    if not canonical:
        raise Refused
    return value, at + width


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise Refused from broken


def _bytes(data: bytes, at: int, count: int) -> bytes:
    if at + count > len(data):
        raise Refused
    return data[at : at + count]


_CONSTANTS: Final = {0xC0: None, 0xC2: False, 0xC3: True}
_STR: Final = {0xD9: 1, 0xDA: 2, 0xDB: 4}
_BIN: Final = {0xC4: 1, 0xC5: 2, 0xC6: 4}
_ARRAY: Final = {0xDC: 2, 0xDD: 4}
_MAP: Final = {0xDE: 2, 0xDF: 4}
_NONE: Final = (1, 0)
_LENGTHS: Final = (
    (0xA0, 0xBF, _STR, {1: 32, 2: 256, 4: 65_536}),
    (*_NONE, _BIN, {2: 256, 4: 65_536}),
    (0x90, 0x9F, _ARRAY, {2: 16, 4: 65_536}),
    (0x80, 0x8F, _MAP, {2: 16, 4: 65_536}),
)
"""Short forms from and to (none for bins), long forms with their widths, least lengths."""
