"""Drafts have names that all devices of an account make alike."""

from hobnob_protocol.ids import PEOPLE, StreamId, TargetId
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX
from hobnob_protocol.sealing.draft import Draft, beside, decode_draft, encode_draft

GARDEN = StreamId(b"c:" + b"g" * 16)
ROOT = TargetId(b"r" * 16)


def test_a_name_says_which_draft_it_is() -> None:
    """Of a channel, of a thread, of one that lost there; the longest leaves room."""
    for draft in (Draft(GARDEN), Draft(GARDEN, ROOT), Draft(PEOPLE, ROOT, b"12345678")):
        assert decode_draft(encode_draft(draft)) == draft
    longest = encode_draft(Draft(StreamId(b"u:" + bytes(20)), ROOT, b"12345678"))
    assert len(longest) <= PRIVATE_NAME_BYTES_MAX // 2


def test_a_draft_that_lost_is_kept_beside_the_other() -> None:
    """Wherever that is seen; what is lost twice, and what is no draft, is not."""
    name = encode_draft(Draft(GARDEN, ROOT))
    lost = beside(name, b"a text")
    assert lost is not None
    assert lost == beside(name, b"a text") != beside(name, b"another")
    found = decode_draft(lost)
    assert found is not None
    assert (found.stream, found.thread, len(found.other)) == (GARDEN, ROOT, 8)
    assert beside(lost, b"a text") is None
    assert beside(b"setting", b"value") is None
