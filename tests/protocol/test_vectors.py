"""The frozen vectors say what the library does, and there are enough of them."""

import json
from collections import Counter

import pytest

from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import FRAMES
from tests.protocol.make_vectors import FOLDER, INVALID_MIN, VALID_MIN, broken_rule, written

FILES = ("frames.json", "kinds.json")


@pytest.mark.parametrize("file", FILES)
def test_the_vectors_are_frozen(file: str) -> None:
    """What the code makes today is what is kept; a difference is a change of the protocol."""
    assert written()[file] == (FOLDER / file).read_text()


@pytest.mark.parametrize("file", FILES)
def test_each_vector_passes_or_breaks_its_rule(file: str) -> None:
    """Valid ones break none, invalid ones the one they name."""
    for row in json.loads((FOLDER / file).read_text()):
        kind = STANDARD.named(row["name"]) if file == "kinds.json" else None
        assert broken_rule(bytes.fromhex(row["hex"]), kind) == row.get("breaks", ""), row


def test_there_are_enough_for_every_frame_and_kind() -> None:
    """At least two that hold and four that do not."""
    names = {frame.__name__.upper() for frame in FRAMES}
    names |= {kind.name for kind in STANDARD if not kind.opaque}
    rows = [row for file in FILES for row in json.loads((FOLDER / file).read_text())]
    valid = Counter(row["name"] for row in rows if "breaks" not in row)
    invalid = Counter(row["name"] for row in rows if "breaks" in row)
    assert {name for name in names if valid[name] < VALID_MIN} == set()
    assert {name for name in names if invalid[name] < INVALID_MIN} == set()
