"""Strict MessagePack: the only file that knows these bytes.

One value has one encoding, and only that one is accepted (DESIGN §12 Codec): no floats, no ext
types, shortest integers and lengths, map keys strings in byte order. Decoding is msgpack's, bounded
by its own limits, then checked by packing again: whatever is not canonical packs differently.
Only when that fails does a second, slow reading look for the rule that was broken.
"""

from typing import Final, NoReturn, TypeAlias, cast

import msgpack
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.limits import (
    ARRAY_ITEMS_MAX,
    DEPTH_MAX,
    FRAME_BYTES_MAX,
    ITEMS_MAX,
    MAP_ITEMS_MAX,
)

Wire: TypeAlias = "bool | int | str | bytes | tuple[Wire, ...] | dict[str, Wire] | None"
"""What travels: arrays come back as tuples, maps as dictionaries in key order."""

RULES: Final = {
    "array_items": f"an array has at most {ARRAY_ITEMS_MAX} elements",
    "depth": f"values nest at most {DEPTH_MAX} deep",
    "duplicate_key": "a map has each key once",
    "ext": "there are no ext types",
    "float": "there are no floats",
    "items": f"a value holds at most {ITEMS_MAX} items in all",
    "key_order": "map keys ascend in byte order",
    "key_type": "map keys are strings",
    "length": "strings, bins, arrays and maps use their shortest length",
    "integer": "integers use their shortest form",
    "map_items": f"a map has at most {MAP_ITEMS_MAX} pairs",
    "reserved": "the byte 0xc1 means nothing",
    "size": "the value fits the bound of its place",
    "trailing": "nothing follows the value",
    "truncated": "the value is whole",
    "utf8": "strings are UTF-8",
}
"""Every rule a decoder enforces, by the name its `ProtocolError` carries."""

_PACKER: Final = msgpack.Packer(use_bin_type=True)


def encode(value: object) -> bytes:
    """The one encoding of `value`; UsageError where it has none within the bounds."""
    try:
        data = _PACKER.pack(value)
    except (TypeError, ValueError, OverflowError, RecursionError) as broken:
        raise UsageError(f"this value does not travel: {broken}") from broken
    return data


def decode(data: bytes, size_bytes_max: int = FRAME_BYTES_MAX) -> Wire:
    """The value of `data`, whose every byte is used and canonical.

    ProtocolError with the name of a rule of `RULES`. Memory stays within a small multiple of
    `size_bytes_max` whatever the bytes claim.
    """
    if len(data) > size_bytes_max:
        raise ProtocolError("size", f"{len(data)} bytes")
    try:
        value = msgpack.unpackb(
            data,
            use_list=False,
            strict_map_key=True,
            max_str_len=size_bytes_max,
            max_bin_len=size_bytes_max,
            max_array_len=ARRAY_ITEMS_MAX,
            max_map_len=MAP_ITEMS_MAX,
            max_ext_len=0,
            ext_hook=_refuse_ext,
        )
        canonical = _PACKER.pack(value) == data
    except (ValueError, TypeError, RecursionError, msgpack.UnpackException, msgpack.OutOfData):
        canonical = False
        value = None
    if not canonical or not _bounded(value):
        _blame(data)
    return cast("Wire", value)


def _refuse_ext(code: int, data: bytes) -> NoReturn:
    raise ValueError("ext")


def _bounded(value: object) -> bool:
    """Is there nothing in `value` that packs back to itself and is still not allowed?"""
    if type(value) is not tuple and type(value) is not dict:
        return type(value) is not float
    level: list[object] = [value]
    items = 1
    for _ in range(DEPTH_MAX):
        inner: list[object] = []
        for container in level:
            items += len(container)  # type: ignore[arg-type]  # only containers are collected
            if type(container) is dict:
                items += len(container)
                keys = list(container)
                if any(type(key) is not str for key in keys) or keys != sorted(keys, key=_order):
                    return False
                parts = container.values()
            else:
                parts = container  # type: ignore[assignment]  # a tuple
            for part in parts:
                kind = type(part)
                if kind is tuple or kind is dict:
                    inner.append(part)
                elif kind is float:
                    return False
        if items > ITEMS_MAX:
            return False
        if not inner:
            return True
        level = inner
    return False


def _order(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")


class _Reader:
    """The slow reading: walks the bytes by the MessagePack specification and names what is wrong.

    It keeps no values, so hostile claims cost nothing.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.items = 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise ProtocolError("truncated", f"at byte {len(self.data)}")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, count: int) -> int:
        return int.from_bytes(self.take(count), "big")

    def value(self, depth: int) -> None:
        """Read one value, `depth` containers deep."""
        self.items += 1
        if self.items > ITEMS_MAX:
            raise ProtocolError("items")
        first = self.number(1)
        if first <= 0x7F or first >= 0xE0 or first in (0xC0, 0xC2, 0xC3):
            return
        if first <= 0x8F:
            self.pairs(first & 0x0F, depth)
        elif first <= 0x9F:
            self.elements(first & 0x0F, depth)
        elif first <= 0xBF:
            self.text(first & 0x1F)
        elif first in _SIMPLE:
            raise ProtocolError(_SIMPLE[first])
        elif first in _INTEGERS:
            self.integer(*_INTEGERS[first])
        else:
            self.long(first, depth)

    def integer(self, count: int, signed: bool) -> None:
        value = int.from_bytes(self.take(count), "big", signed=signed)
        shortest = value < -(1 << (8 * count // 2 - 1)) if count > 1 else value < -32
        if not signed:
            shortest = value > 0x7F if count == 1 else value >= 1 << (4 * count)
        if not shortest:
            raise ProtocolError("integer", f"{value} in {count} bytes")

    def long(self, first: int, depth: int) -> None:
        form, width, least = _LONG[first]
        count = self.number(width)
        if form == "array" and count > ARRAY_ITEMS_MAX:
            raise ProtocolError("array_items", f"{count}")
        if form == "map" and count > MAP_ITEMS_MAX:
            raise ProtocolError("map_items", f"{count}")
        if count < least:
            raise ProtocolError("length", f"{count} in {width} bytes")
        if form == "bin":
            self.take(count)
        elif form == "str":
            self.text(count)
        elif form == "array":
            self.elements(count, depth)
        else:
            self.pairs(count, depth)

    def text(self, count: int) -> str:
        try:
            return self.take(count).decode()
        except UnicodeDecodeError as broken:
            raise ProtocolError("utf8", broken.reason) from broken

    def elements(self, count: int, depth: int) -> None:
        self.deeper(depth)
        for _ in range(count):
            self.value(depth + 1)

    def pairs(self, count: int, depth: int) -> None:
        self.deeper(depth)
        previous: bytes | None = None
        for _ in range(count):
            start = self.at
            first = self.data[start : start + 1]
            if first and not (0xA0 <= first[0] <= 0xBF or 0xD9 <= first[0] <= 0xDB):
                raise ProtocolError("key_type")
            self.value(depth + 1)
            key = cast("str", msgpack.unpackb(self.data[start : self.at])).encode()
            if previous is not None and key == previous:
                raise ProtocolError("duplicate_key")
            if previous is not None and key < previous:
                raise ProtocolError("key_order")
            previous = key
            self.value(depth + 1)

    def deeper(self, depth: int) -> None:
        if depth >= DEPTH_MAX:
            raise ProtocolError("depth")


_SIMPLE: Final = {
    0xC1: "reserved",
    0xC7: "ext",
    0xC8: "ext",
    0xC9: "ext",
    0xCA: "float",
    0xCB: "float",
    0xD4: "ext",
    0xD5: "ext",
    0xD6: "ext",
    0xD7: "ext",
    0xD8: "ext",
}
_INTEGERS: Final = {
    0xCC: (1, False),
    0xCD: (2, False),
    0xCE: (4, False),
    0xCF: (8, False),
    0xD0: (1, True),
    0xD1: (2, True),
    0xD2: (4, True),
    0xD3: (8, True),
}
_LONG: Final = {
    0xC4: ("bin", 1, 0),
    0xC5: ("bin", 2, 1 << 8),
    0xC6: ("bin", 4, 1 << 16),
    0xD9: ("str", 1, 32),
    0xDA: ("str", 2, 1 << 8),
    0xDB: ("str", 4, 1 << 16),
    0xDC: ("array", 2, 16),
    0xDD: ("array", 4, 1 << 16),
    0xDE: ("map", 2, 16),
    0xDF: ("map", 4, 1 << 16),
}


def _blame(data: bytes) -> NoReturn:
    """Raise the rule that `data` breaks."""
    reader = _Reader(data)
    reader.value(0)
    if reader.at < len(data):
        raise ProtocolError("trailing", f"{len(data) - reader.at} bytes")
    # The fast reading refused what the slow one finds no fault with: refuse all the same.
    raise ProtocolError("length")
