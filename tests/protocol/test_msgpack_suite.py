"""The codec against msgpack-test-suite, where it is at hand: all legal encodings of 85 values."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError

SUITE: Final = Path(__file__).parents[3] / "shared" / "data" / "vectors" / "msgpack-test-suite.json"

LONGER: Final = {
    "10.nil.yaml": "",
    "11.bool.yaml": "",
    "12.binary.yaml": "length",
    "20.number-positive.yaml": "integer",
    "21.number-negative.yaml": "integer",
    "22.number-float.yaml": "",
    "23.number-bignum.yaml": "integer",
    "30.string-ascii.yaml": "length",
    "31.string-utf8.yaml": "length",
    "32.string-emoji.yaml": "length",
    "40.array.yaml": "length",
    "41.map.yaml": "length",
    "42.nested.yaml": "length",
    "50.timestamp.yaml": "",
    "60.ext.yaml": "",
}
"""Why every encoding but the shortest is refused, by group; "" where there is only one."""
FLOATS: Final = (0xCA, 0xCB)
SIGNED: Final = (0xD0, 0xD1, 0xD2, 0xD3)
"""Integers with a sign, which is for negative ones: these forms are as long as those without."""
EXTENSIONS: Final = (0xC7, 0xC8, 0xC9, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8)

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason="the third-party vectors are not here")


def groups() -> dict[str, list[dict[str, Any]]]:
    """The suite: groups of values, each with all its encodings."""
    read: dict[str, list[dict[str, Any]]] = json.loads(SUITE.read_text())
    return read


def judged(data: bytes) -> str:
    """The rule that an encoding breaks, "" if it is taken."""
    try:
        value = decode(data)
    except ProtocolError as broken:
        return broken.rule
    assert encode(value) == data
    return ""


def expected(group: str, data: bytes, shortest: int) -> str:
    """What the specification says of an encoding."""
    if data[0] in FLOATS:
        return "float"
    if data[0] in EXTENSIONS:
        return "ext"
    if data[0] in SIGNED and data[1] < 0x80:
        return "integer"
    return "" if len(data) == shortest else LONGER[group]


def test_each_encoding_is_taken_or_refused_for_its_reason() -> None:
    """The one that is shortest and neither float nor extension is taken."""
    counts: dict[str, int] = {}
    for group, cases in groups().items():
        for case in cases:
            encodings = [bytes.fromhex(text.replace("-", "")) for text in case["msgpack"]]
            shortest = min((len(data) for data in encodings if data[0] not in FLOATS), default=0)
            for data in encodings:
                rule = judged(data)
                assert rule == expected(group, data, shortest), (group, data.hex())
                counts[rule] = counts.get(rule, 0) + 1
    # All of the 85 values but 2 fractions, 19 timestamps and 7 extensions are taken once.
    assert counts == {"": 57, "integer": 78, "length": 45, "float": 23, "ext": 30}


def test_the_taken_encoding_has_the_suites_value() -> None:
    """Numbers, strings, bins, arrays and maps mean what they mean elsewhere."""
    for group, cases in groups().items():
        if group in ("22.number-float.yaml", "50.timestamp.yaml", "60.ext.yaml"):
            continue
        for case in cases:
            taken = [
                decode(data)
                for data in (bytes.fromhex(text.replace("-", "")) for text in case["msgpack"])
                if not judged(data)
            ]
            assert taken == [meant(case)], (group, case)


def meant(case: dict[str, Any]) -> object:
    """The value of a case as the codec types it."""
    if "bignum" in case:
        return int(case["bignum"])
    if "binary" in case:
        return bytes.fromhex(case["binary"].replace("-", ""))
    name = next(name for name in case if name != "msgpack")
    return tuples(case[name])


def tuples(value: Any) -> Any:
    """JSON's lists as tuples."""
    if isinstance(value, list):
        return tuple(tuples(part) for part in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON
    if isinstance(value, dict):
        return {key: tuples(part) for key, part in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON
    return value
