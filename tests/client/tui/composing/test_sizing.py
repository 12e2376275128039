"""What fits is told before it is sent, in characters and in bytes."""

from hobnob_client.tui.composing.sizing import size
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import BODY_BYTES_MAX, MENTIONS_MAX, POST_TEXT_MAX
from hobnob_protocol.registry import STANDARD


def test_what_fits_is_taken_by_the_protocol_with_all_around_it() -> None:
    """The longest text in a thread, in answer, to ten people."""
    found = size("", sealed=False)
    text = "é" * (found.bytes_max // 2)
    assert size(text, sealed=False).fits
    accounts = tuple(AccountId(bytes([nth]) * 20) for nth in range(MENTIONS_MAX))
    post = Post(text, TargetId(bytes(16)), TargetId(bytes(16)), accounts)
    assert len(STANDARD.encode(post)[1]) <= BODY_BYTES_MAX


def test_the_room_left_is_told_when_it_gets_short() -> None:
    """And what is too much, in the unit that is."""
    assert size("short", sealed=False).short == ""
    assert size("x" * (POST_TEXT_MAX - 20), sealed=False).short == "20 left"
    assert size("x" * (POST_TEXT_MAX + 20), sealed=False).short == "20 characters too long"
    assert "bytes too long" in size("🎉" * 5_000, sealed=False).short


def test_what_is_wrong_is_a_sentence_with_both_numbers() -> None:
    """Under seal a little less fits."""
    assert "12,000 characters; this has 12,001" in size("x" * 12_001, sealed=False).why
    assert "bytes; this has 20,000" in size("🎉" * 5_000, sealed=False).why
    assert size("", sealed=True).bytes_max < size("", sealed=False).bytes_max
