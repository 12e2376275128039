"""One vector is one row of a JSON file; how bytes and values stand in it, and how to read them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

Row: TypeAlias = dict[str, Any]

LONG: Final = 512
"""Bytes beyond which a row tells them as runs: pieces and how often each is repeated."""
PIECE: Final = 256
"""The longest piece that is looked for."""
SAVING: Final = 48
"""Bytes that a repetition must cover to be told as one."""
ALIKE: Final = 16
"""Equal elements beyond which a list is told by one of them."""
_SAFE: Final = 2**53


def valid(name: str, data: bytes, **more: object) -> Row:
    """A row whose bytes break no rule; `fields` say what they hold."""
    return {"name": name, **told(data), **more}


def invalid(name: str, data: bytes, breaks: str, why: str = "", **more: object) -> Row:
    """A row whose bytes break the one rule `breaks`; `why` says how, where it is not plain."""
    return {"name": name, **told(data), "breaks": breaks, **({"why": why} if why else {}), **more}


def told(data: bytes) -> Row:
    """The bytes of a row: as `hex`, or as `runs` where they are many."""
    if len(data) <= LONG:
        return {"hex": data.hex()}
    return {"runs": _runs(data)}


def _runs(data: bytes) -> list[list[Any]]:
    """`[hex, times]`: pieces in order, each as often as it is repeated."""
    found: list[list[Any]] = []
    plain = at = 0
    while at < len(data):
        size, times = _repeated(data, at)
        if times == 1:
            at += 1
            continue
        if plain < at:
            found.append([data[plain:at].hex(), 1])
        found.append([data[at : at + size].hex(), times])
        plain = at = at + size * times
    if plain < len(data):
        found.append([data[plain:].hex(), 1])
    return found


def _repeated(data: bytes, at: int) -> tuple[int, int]:
    """The piece that begins at `at` and covers the most by its repetition: its size, how often."""
    best = (1, 1)
    for size in range(1, PIECE + 1):
        piece = data[at : at + size]
        times = 1
        while data.startswith(piece, at + size * times):
            times += 1
        if times > 2 and size * times > max(SAVING, best[0] * best[1]):
            best = (size, times)
    return best


def data_of(row: Mapping[str, Any]) -> bytes:
    """The bytes of a row."""
    if "hex" in row:
        return bytes.fromhex(row["hex"])
    return b"".join(bytes.fromhex(piece) * times for piece, times in row["runs"])


def plain(value: object) -> Any:
    """A value whose types are known from its place, as JSON: bytes in hexadecimal, a long list of
    equal elements as `{"each": element, "times": count}`."""
    if isinstance(value, bytes):
        return value.hex() if len(value) <= LONG else told(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return {name: plain(inner) for name, inner in pairs.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _listed(cast("Sequence[object]", value), plain)
    return value


def _listed(parts: Sequence[object], tell: Callable[[object], Any]) -> Any:
    if len(parts) > ALIKE and all(part == parts[0] for part in parts):
        return {"each": tell(parts[0]), "times": len(parts)}
    return [tell(part) for part in parts]


def tagged(value: object) -> Any:
    """A value of any type as JSON: bytes as `{"bin": hex}`, maps as `{"map": [[key, value], …]}`,
    integers beyond ±2^53 as `{"int": decimal}`, long things as `plain` tells them."""
    if isinstance(value, bytes):
        return {"bin": plain(value)}
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return {"map": [[name, tagged(inner)] for name, inner in pairs.items()]}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _listed(cast("Sequence[object]", value), tagged)
    if type(value) is int and abs(value) > _SAFE:
        return {"int": str(value)}
    return value
