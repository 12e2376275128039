"""Kept searches have names that all devices of an account make alike."""

from hobnob_protocol.codec import encode
from hobnob_protocol.ids import StreamId
from hobnob_protocol.sealing.draft import Draft, decode_draft, encode_draft
from hobnob_protocol.sealing.kept_search import encode_search, is_search


def test_the_same_query_has_the_same_name() -> None:
    """Another one another; it is no draft's."""
    name = encode_search(b"from:ana has:code")
    assert name == encode_search(b"from:ana has:code") != encode_search(b"from:ana")
    assert is_search(name)
    assert decode_draft(name) is None


def test_what_is_no_search_is_none() -> None:
    """Drafts, what later versions keep, and what is nothing."""
    others = (encode_draft(Draft(StreamId(b"c:" + bytes(16)))), encode(("search", b"", b"")))
    for name in (*others, encode(("setting", b"x")), encode(b"search"), b"search", b""):
        assert not is_search(name)
