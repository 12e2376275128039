"""MessagePack as hobnob takes it: every form once, and every rule broken."""

from collections.abc import Callable

from tests.protocol.vectors.by_hand import MAP, pack
from tests.protocol.vectors.rows import Row, invalid, tagged, valid

_VALUES: tuple[object, ...] = (
    *(None, True, False),
    *(0, 127, 128, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, 2**53 - 1, 2**64 - 1),
    *(-1, -32, -33, -128, -129, -32_768, -32_769, -(2**31), -(2**31) - 1, -(2**63)),
    *("", "x", "ä", "\0", "😀", "x" * 31, "x" * 32, "x" * 255, "x" * 256),
    *(b"", b"\xff", bytes(255), bytes(256)),
    *([], [1], [1] * 15, [1] * 16, [1, "two", b"three", [None]]),
)
_MAPS: tuple[dict[str, object], ...] = (
    {},
    {"a": 1},
    {"": 1, "a": 2, "aa": 3, "b": 4, "ä": 5},
    {f"{n:02}": n for n in range(16)},
)


def _nested(depth: int) -> bytes:
    """So many arrays, each in the one before."""
    return b"\x91" * (depth - 1) + b"\x90"


def _pairs(count: int) -> dict[str, object]:
    """So many pairs."""
    return {f"{n:02}": n for n in range(count)}


def _nils(*counts: int) -> list[list[None]]:
    """Arrays of so many nils."""
    return [[None] * count for count in counts]


def _deep(value: object, wrap: Callable[[object], object]) -> object:
    """The value in 15 containers."""
    for _ in range(15):
        value = wrap(value)
    return value


_ARRAYS: object = _deep([], lambda value: [value])
_MAPS_DEEP: object = _deep({}, lambda value: {"": value})
_LIMITS: tuple[tuple[str, bytes, object], ...] = (
    ("16 arrays deep", _nested(16), _ARRAYS),
    ("16 maps deep", b"\x81\xa0" * 15 + b"\x80", _MAPS_DEEP),
    ("1,024 elements", pack([None] * 1_024), [None] * 1_024),
    ("64 pairs", pack({MAP: _pairs(64)}), _pairs(64)),
    (
        "4,096 items: 1 array, 4 arrays in it, 4,091 nils",
        pack(_nils(1_023, 1_023, 1_023, 1_022)),
        _nils(1_023, 1_023, 1_023, 1_022),
    ),
    ("65,536 bytes", pack(bytes(65_533)), bytes(65_533)),
)

_BROKEN: tuple[tuple[str, bytes, str], ...] = (
    ("array_items", pack([None] * 1_025), "1,025 elements"),
    ("array_items", b"\xdc\xff\xff", "65,535 elements claimed, none there"),
    ("array_items", b"\xdd\xff\xff\xff\xff", "2^32 - 1 elements claimed, none there"),
    ("depth", _nested(17), "17 arrays deep"),
    ("depth", b"\x81\xa0" * 16 + b"\x80", "17 maps deep"),
    ("duplicate_key", bytes.fromhex("82a16101a16102"), "a twice"),
    ("duplicate_key", bytes.fromhex("82a001a001"), "the empty key twice, one value"),
    ("ext", bytes.fromhex("d40100"), "fixext 1"),
    ("ext", bytes.fromhex("d5010000"), "fixext 2"),
    ("ext", bytes.fromhex("d6ff00000000"), "fixext 4: a timestamp"),
    ("ext", bytes.fromhex("d701") + bytes(8), "fixext 8"),
    ("ext", bytes.fromhex("d801") + bytes(16), "fixext 16"),
    ("ext", bytes.fromhex("c70001"), "ext 8, empty"),
    ("ext", bytes.fromhex("c8000001"), "ext 16, empty"),
    ("ext", bytes.fromhex("91c90000000001"), "ext 32, empty, in an array"),
    ("float", bytes.fromhex("ca3f800000"), "1.0 in 4 bytes"),
    ("float", bytes.fromhex("cb3ff0000000000000"), "1.0 in 8 bytes"),
    ("float", bytes.fromhex("cb7ff8000000000000"), "NaN"),
    ("float", bytes.fromhex("91cbfff0000000000000"), "-infinity in an array"),
    ("items", pack(_nils(1_023, 1_023, 1_023, 1_023)), "4,097 items"),
    ("items", b"\x95" + (b"\xdc\x03\xe8" + b"\x90" * 1_000) * 5, "5,006 items, empty arrays"),
    ("key_order", bytes.fromhex("82a16201a16102"), "b before a"),
    ("key_order", bytes.fromhex("82a2616101a16102"), "aa before a"),
    ("key_order", bytes.fromhex("82a2c3a401a17a02"), "ä before z, whose byte is lower"),
    ("key_type", bytes.fromhex("810102"), "an integer for a key"),
    ("key_type", bytes.fromhex("81c4016101"), "a bin for a key"),
    ("key_type", bytes.fromhex("81c001"), "nil for a key"),
    ("length", bytes.fromhex("d90161"), "one byte of string, length in 1 byte"),
    ("length", bytes.fromhex("da00ff") + b"x" * 255, "255 bytes of string, length in 2"),
    ("length", bytes.fromhex("db00000001") + b"x", "one byte of string, length in 4"),
    ("length", bytes.fromhex("c5000161"), "one byte of bin, length in 2"),
    ("length", bytes.fromhex("c60000000161"), "one byte of bin, length in 4"),
    ("length", bytes.fromhex("dc000101"), "one element, count in 2 bytes"),
    ("length", bytes.fromhex("dd0000000101"), "one element, count in 4 bytes"),
    ("length", bytes.fromhex("de0001a16101"), "one pair, count in 2 bytes"),
    ("length", bytes.fromhex("df00000001a16101"), "one pair, count in 4 bytes"),
    ("length", bytes.fromhex("81d9016101"), "a key whose length is long"),
    ("integer", bytes.fromhex("cc7f"), "127 in 1 byte after its head"),
    ("integer", bytes.fromhex("cd00ff"), "255 in 2"),
    ("integer", bytes.fromhex("ce0000ffff"), "65,535 in 4"),
    ("integer", bytes.fromhex("cf00000000ffffffff"), "2^32 - 1 in 8"),
    ("integer", bytes.fromhex("d0e0"), "-32 in 1"),
    ("integer", bytes.fromhex("d1ff80"), "-128 in 2"),
    ("integer", bytes.fromhex("d2ffff8000"), "-32,768 in 4"),
    ("integer", bytes.fromhex("d3ffffffff80000000"), "-2^31 in 8"),
    ("integer", bytes.fromhex("d001"), "1 in a form for negative integers"),
    ("integer", bytes.fromhex("d30000000100000000"), "2^32 in a form for negative integers"),
    ("map_items", pack({MAP: _pairs(65)}), "65 pairs"),
    ("map_items", b"\xde\xff\xff", "65,535 pairs claimed, none there"),
    ("map_items", b"\xdf\xff\xff\xff\xff", "2^32 - 1 pairs claimed, none there"),
    ("reserved", b"\xc1", "alone"),
    ("reserved", bytes.fromhex("9201c1"), "in an array"),
    ("size", pack(bytes(65_534)), "65,537 bytes"),
    ("trailing", bytes.fromhex("0101"), "two values"),
    ("trailing", bytes.fromhex("9000"), "one byte after an array"),
    ("trailing", bytes.fromhex("90c1"), "even one that means nothing"),
    ("truncated", b"", "no bytes"),
    ("truncated", bytes.fromhex("91"), "an array without its element"),
    ("truncated", bytes.fromhex("81a161"), "a key without its value"),
    ("truncated", bytes.fromhex("cd01"), "half an integer"),
    ("truncated", bytes.fromhex("a26f"), "half a string"),
    ("truncated", bytes.fromhex("dc00"), "half a count"),
    ("truncated", b"\xdb\xff\xff\xff\xff", "2^32 - 1 bytes of string claimed, none there"),
    ("truncated", b"\xc6\xff\xff\xff\xff", "2^32 - 1 bytes of bin claimed, none there"),
    ("utf8", bytes.fromhex("a1ff"), "a byte of no character"),
    ("utf8", bytes.fromhex("a2c080"), "an overlong NUL"),
    ("utf8", bytes.fromhex("a3eda080"), "a surrogate"),
    ("utf8", bytes.fromhex("a1c3"), "half a character"),
    ("utf8", bytes.fromhex("a4f4908080"), "beyond U+10FFFF"),
    ("utf8", bytes.fromhex("81a1ff01"), "in a key"),
)


def vectors() -> list[Row]:
    """`codec.json`: values with what they mean, bounds that are just kept, rules that are not."""
    rows = [valid("value", pack(value), value=tagged(value)) for value in _VALUES]
    rows += [valid("value", pack({MAP: each}), value=tagged(each)) for each in _MAPS]
    rows += [valid(f"limit: {name}", data, value=tagged(value)) for name, data, value in _LIMITS]
    return rows + [invalid("value", data, rule, why) for rule, data, why in _BROKEN]
