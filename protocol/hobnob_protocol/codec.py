"""Strict MessagePack: the only file that knows these bytes.

One value has one encoding, and only that one is accepted (DESIGN §12 Codec): no floats, no ext
types, shortest integers and lengths, map keys strings in byte order. Decoding is msgpack's, bounded
by its own limits, then checked by packing again: long forms, duplicate keys and broken UTF-8 do not
come back the same. What does come back the same and is still not allowed is looked for in the
value: floats (NaN too), ext types, keys of another type or order, and too much of anything.
Only when one of both fails does a second, slow reading look for the rule that was broken.
"""

from typing import Any, Final, NoReturn, TypeAlias, cast

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
_PLAIN: Final = frozenset((bool, int, str, bytes, type(None)))
_CONTAINERS: Final = frozenset((tuple, list, dict))


def encode(value: object) -> bytes:
    """The one encoding of `value`, in which lists are arrays too and maps have their keys in order.

    Whatever comes out, `decode` takes back; UsageError where a value has no such encoding.
    """
    try:
        data = _PACKER.pack(value)
        if not _allowed(value):
            # Subclasses (an enum's string, a named tuple) are not plain but may well pack as such:
            # the decoder knows.
            decode(data, len(data))
    except (TypeError, ValueError, OverflowError, ProtocolError) as broken:
        raise UsageError(f"this value does not travel: {broken}") from broken
    return data


def pack(value: Wire) -> bytes:
    """What `encode` makes of a value of which is known that it travels, as what is made of parts of
    what `decode` gave: at a quarter of the cost, for nothing is looked at."""
    data: bytes = _PACKER.pack(value)
    return data


def decode(data: bytes, size_bytes_max: int = FRAME_BYTES_MAX) -> Wire:
    """The value of `data`, whose every byte is used and canonical.

    ProtocolError with the name of a rule of `RULES`. Memory stays within a small multiple of
    `size_bytes_max` whatever the bytes claim.
    """
    if len(data) > size_bytes_max:
        raise ProtocolError("size", f"{len(data)} bytes")
    try:
        value: Any = msgpack.unpackb(
            data,
            use_list=False,
            strict_map_key=True,
            max_str_len=size_bytes_max,
            max_bin_len=size_bytes_max,
            max_array_len=ARRAY_ITEMS_MAX,
            max_map_len=MAP_ITEMS_MAX,
            max_ext_len=0,
        )
        if _PACKER.pack(value) == data and _allowed(value):
            found: Wire = value
            return found
    except ValueError:  # The root of all that msgpack raises for what it reads.
        pass
    _blame(data)


def _allowed(value: Any) -> bool:
    """Does `value` hold nothing but what may travel, within every bound?

    Level by level rather than by recursion, so that depth costs no stack.
    """
    if type(value) in _PLAIN:
        return True
    if type(value) not in _CONTAINERS:
        return False
    # Nearly all that travels is one array of plain values; `ITEMS_MAX` is beyond its bound.
    if type(value) is not dict and _PLAIN.issuperset(map(type, value)):
        return len(value) <= ARRAY_ITEMS_MAX
    level: list[Any] = [value]
    items = 1
    for _ in range(DEPTH_MAX):
        inner: list[Any] = []
        for container in level:
            parts: Any = container
            items += len(container)
            if type(container) is dict:
                keys = cast("dict[object, object]", container)
                if not _keys_allowed(list(keys)):
                    return False
                items += len(keys)
                parts = keys.values()
            elif len(container) > ARRAY_ITEMS_MAX:
                return False
            # Most containers hold nothing but plain values: one pass in C is all they need.
            if _PLAIN.issuperset(map(type, parts)):
                continue
            for part in parts:
                if type(part) in _PLAIN:
                    continue
                if type(part) not in _CONTAINERS:
                    return False
                inner.append(part)
        if items > ITEMS_MAX:
            return False
        if not inner:
            return True
        level = inner
    return False


def _keys_allowed(keys: list[Any]) -> bool:
    """Are they strings in ascending order? UTF-8 sorts as its characters do."""
    return (
        len(keys) <= MAP_ITEMS_MAX
        and all(type(key) is str for key in keys)
        and keys == sorted(keys)
    )


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

    def integer(self, count: int, limit: int) -> None:
        signed = limit < 0
        value = int.from_bytes(self.take(count), "big", signed=signed)
        if value >= limit if signed else value < limit:
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
    0xCC: (1, 1 << 7),
    0xCD: (2, 1 << 8),
    0xCE: (4, 1 << 16),
    0xCF: (8, 1 << 32),
    0xD0: (1, -32),
    0xD1: (2, -(1 << 7)),
    0xD2: (4, -(1 << 15)),
    0xD3: (8, -(1 << 31)),
}
"""Width in bytes, and where shorter forms end: below a positive limit, from a negative one up."""
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
"""What it is, the width of its length in bytes, and the least length that needs so many."""


def _blame(data: bytes) -> NoReturn:
    """Raise the rule that `data` breaks."""
    reader = _Reader(data)
    reader.value(0)
    # Every other fault was named on the way, so that only what follows the value is left.
    raise ProtocolError("trailing", f"{len(data) - reader.at} bytes")
