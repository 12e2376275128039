"""Frozen examples of every frame and every kind, for any implementation to be tried on:
`python -m tests.protocol.make_vectors` writes `protocol/vectors/` anew.

A valid one decodes and encodes to the same bytes, unless it ends in what a later version added. An
invalid one breaks the one rule it names.
"""

import json
from pathlib import Path
from random import Random
from typing import Any, Final, cast

from hobnob_protocol.bodies import decode_body, encode_body
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.kind import Kind
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import FRAMES, decode_frame, encode_frame
from tests.protocol.frame_samples import SAMPLES
from tests.sync.stories import any_body

FOLDER: Final = Path(__file__).parents[2] / "protocol" / "vectors"
VALID_MIN: Final = 2
INVALID_MIN: Final = 4


def broken_rule(data: bytes, kind: Kind | None) -> str:
    """The rule that some bytes break, "" for none."""
    try:
        if kind is None:
            decode_frame(data)
        else:
            decode_body(kind.body, data)
    except ProtocolError as broken:
        return broken.rule
    return ""


def spoiled(data: bytes) -> list[bytes]:
    """Ways to break an encoded array: truncated, trailing, empty, and each element replaced."""
    parts = cast("tuple[Any, ...]", decode(data))
    found = [data[:-1], data + b"\0", b"\x90", b"\xc0", b"\xdc\x00\x01" + data[1:]]
    for place in range(len(parts)):
        found += [
            encode((*parts[:place], wrong, *parts[place + 1 :])) for wrong in ({"a": 1}, -1, "\0")
        ]
    return found


def entries(name: str, valid: list[bytes], kind: Kind | None) -> list[dict[str, str]]:
    """The vectors of one frame or kind: valid ones first, then one for each way to break them."""
    rows = [{"name": name, "hex": data.hex()} for data in valid]
    seen: dict[bytes, None] = {}
    for data in valid:
        for bad in spoiled(data):
            rule = broken_rule(bad, kind)
            if rule and bad not in seen:
                seen[bad] = None
                rows.append({"name": name, "hex": bad.hex(), "breaks": rule})
    return rows


def frame_vectors() -> list[dict[str, str]]:
    """All frames."""
    rows: list[dict[str, str]] = []
    for frame in FRAMES:
        samples = [encode_frame(sample) for sample in SAMPLES if type(sample) is frame]
        whole = max(samples, key=lambda data: len(cast("tuple[Any, ...]", decode(data))))
        later = encode((*cast("tuple[Any, ...]", decode(whole)), "later"))
        valid = samples if broken_rule(later, None) else [*samples, later]
        rows += entries(frame.__name__.upper(), valid, None)
    return rows


def kind_vectors() -> list[dict[str, str]]:
    """All kinds; a sealed body is whatever its conversation makes of it."""
    rows: list[dict[str, str]] = []
    for kind in STANDARD:
        if kind.opaque:
            continue
        rng = Random(kind.number)
        valid: dict[bytes, None] = {}
        for _ in range(40):
            body = any_body(rng, kind)
            if body is not None and len(valid) < VALID_MIN:
                valid[encode_body(body)] = None
        data = max(valid)
        later = encode((*cast("tuple[Any, ...]", decode(data)), "later"))
        rows += entries(kind.name, [*valid, *([] if broken_rule(later, kind) else [later])], kind)
    return rows


def written() -> dict[str, str]:
    """The files, by name."""
    made = {"frames.json": frame_vectors(), "kinds.json": kind_vectors()}
    return {
        name: "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
        for name, rows in made.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, text in written().items():
        (FOLDER / file).write_text(text)
