"""What asks for attention has names that all devices of an account make alike."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX
from hobnob_protocol.sealing.attention import (
    KEYWORDS,
    Kept,
    KeptKeyword,
    KeptLevel,
    KeptQuiet,
    name_of,
    read,
    value_of,
)
from hobnob_protocol.sealing.draft import Draft, encode_draft
from hobnob_protocol.sealing.kept_search import encode_search

GARDEN = StreamId(b"c:" + b"g" * 16)
ROOT = TargetId(b"r" * 16)


@pytest.mark.parametrize(
    "kept",
    [
        KeptLevel(GARDEN, None, "all", 0),
        KeptLevel(GARDEN, ROOT, "", 1_700_000_000_000),
        KeptKeyword("deploy", True),
        KeptKeyword("/v[0-9]+/", False),
        KeptQuiet("mon-fri 22:00-07:00", "Europe/Berlin"),
        KeptQuiet("22:00-07:00", ""),
    ],
)
def test_what_is_kept_is_read_as_it_was_set(kept: Kept) -> None:
    """Its name has room, and depends on what it is about alone."""
    name = name_of(kept)
    assert read(name, value_of(kept)) == kept
    assert len(name) <= PRIVATE_NAME_BYTES_MAX // 2


def test_what_holds_anyway_takes_no_room() -> None:
    """No level and no hours are what holds where nothing was ever set."""
    assert value_of(KeptLevel(GARDEN, None, "", 0)) == b""
    assert value_of(KeptQuiet("", "Europe/Berlin")) == b""
    assert read(name_of(KeptQuiet("", "")), b"") is None


def test_keywords_are_found_by_how_their_names_begin() -> None:
    """And nothing else is."""
    assert name_of(KeptKeyword("deploy", True)).startswith(KEYWORDS)
    assert not name_of(KeptLevel(GARDEN, None, "all", 0)).startswith(KEYWORDS)


def test_a_thread_has_another_name_than_its_stream() -> None:
    """And a level another one's name than the same said later."""
    stream, thread = KeptLevel(GARDEN, None, "all", 0), KeptLevel(GARDEN, ROOT, "all", 0)
    assert name_of(stream) != name_of(thread)
    assert name_of(stream) == name_of(stream._replace(level="", until_ms=5))


LEVEL = name_of(KeptLevel(GARDEN, None, "all", 0))
WORD = name_of(KeptKeyword("deploy", True))
HOURS = name_of(KeptQuiet("22:00-07:00", ""))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (LEVEL, encode(("all", -1))),
        (LEVEL, encode(("all", "soon"))),
        (LEVEL, encode((1, 0))),
        (LEVEL, encode(("all",))),
        (LEVEL, encode("all")),
        (LEVEL, b"\xc1"),
        (WORD, encode(("deplo", True))),
        (WORD, encode(("deploy", 1))),
        (HOURS, encode(("22:00-07:00", 1))),
        (encode(("level", GARDEN, b"short")), encode(("all", 0))),
        (encode(("level", b"nowhere", b"")), encode(("all", 0))),
        (encode(("level", "g", b"")), encode(("all", 0))),
        (encode(("level", GARDEN, "r")), encode(("all", 0))),
        (encode(("louder", GARDEN, b"")), encode(("all", 0))),
        (encode(("quiet", b"")), encode(("22:00-07:00", ""))),
        (encode(b"quiet"), encode(("22:00-07:00", ""))),
        (encode_draft(Draft(GARDEN)), b"text"),
        (encode_search(b"from:ana"), encode(("from:ana", True))),
        (b"", encode(("all", 0))),
    ],
)
def test_what_is_something_else_is_none_of_it(name: bytes, value: bytes) -> None:
    """Drafts, searches, later versions, and values that do not fit."""
    assert read(name, value) is None
