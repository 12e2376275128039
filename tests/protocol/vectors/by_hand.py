"""MessagePack written from its own specification, so that no vector comes from the encoder that it
tries."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

MAP: Final = "map"
"""`{MAP: …}` travels as a map; any other dictionary is a value whose fields travel as an array."""


def pack(value: object) -> bytes:
    """The one encoding of a value."""
    if value is None:
        return b"\xc0"
    if isinstance(value, bool):
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, str):
        text = value.encode()
        return _length(len(text), 0xA0, 31, (0xD9, 0xDA, 0xDB)) + text
    if isinstance(value, bytes):
        return _length(len(value), None, 0, (0xC4, 0xC5, 0xC6)) + value
    if isinstance(value, Mapping):
        return _mapping(cast("Mapping[str, object]", value))
    assert isinstance(value, Sequence)
    return array(*cast("Sequence[object]", value))


def array(*values: object) -> bytes:
    """An array of these values."""
    return _length(len(values), 0x90, 15, (None, 0xDC, 0xDD)) + b"".join(map(pack, values))


def _mapping(value: Mapping[str, object]) -> bytes:
    if set(value) != {MAP}:
        return array(*value.values())
    pairs = value[MAP]
    assert isinstance(pairs, Mapping)
    inner = cast("Mapping[object, object]", pairs)
    head = _length(len(inner), 0x80, 15, (None, 0xDE, 0xDF))
    return head + b"".join(pack(part) for pair in inner.items() for part in pair)


def _length(count: int, short: int | None, most: int, forms: tuple[int | None, int, int]) -> bytes:
    """The shortest head that says `count`: in the first byte, or in one, two or four after it."""
    if short is not None and count <= most:
        return bytes((short | count,))
    if forms[0] is not None and count < 1 << 8:
        return bytes((forms[0], count))
    if count < 1 << 16:
        return bytes((forms[1],)) + count.to_bytes(2, "big")
    return bytes((forms[2],)) + count.to_bytes(4, "big")


def _integer(value: int) -> bytes:
    if -32 <= value < 128:
        return value.to_bytes(1, "big", signed=value < 0)
    for power, (plus, minus) in enumerate(((0xCC, 0xD0), (0xCD, 0xD1), (0xCE, 0xD2), (0xCF, 0xD3))):
        width = 1 << power
        if 0 <= value < 1 << 8 * width:
            return bytes((plus,)) + value.to_bytes(width, "big")
        if -(1 << 8 * width - 1) <= value < 0:
            return bytes((minus,)) + value.to_bytes(width, "big", signed=True)
    raise ValueError(f"{value} does not travel")
