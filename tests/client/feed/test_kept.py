"""What one sees fewer of outlives the process, and what is damaged harms nobody."""

from hobnob_client.feed.fewer import Fewer, Sort
from hobnob_client.feed.kept import FEWER_MAX, FORGOTTEN_MS, from_bytes, to_bytes
from hobnob_client.feed.source import Spot
from hobnob_protocol.codec import encode
from hobnob_protocol.ids import StreamId, TargetId
from tests.client.feed.community import DAY, NOW

STREAM = StreamId(b"c:" + bytes(16))


def wish(nth: int = 0, since_ms: int = NOW, *, channel: bool = False) -> Fewer:
    """One thread, or the talk of the channel."""
    root = None if channel else TargetId(nth.to_bytes(16, "big"))
    return Fewer(Sort.THREAD, Spot(STREAM, root), since_ms)


def test_wishes_come_back_as_they_were() -> None:
    """A thread, the talk of a channel, and none."""
    wishes = (wish(1, NOW - DAY), wish(channel=True))
    assert from_bytes(to_bytes(wishes, NOW)) == wishes
    assert to_bytes((), NOW) == b""
    assert from_bytes(b"") == ()


def test_they_are_bounded_by_number_and_by_time() -> None:
    """The newest are kept; what takes nothing away any more is not."""
    many = [wish(nth) for nth in range(FEWER_MAX + 5)]
    assert from_bytes(to_bytes(many, NOW)) == tuple(many[5:])
    old = wish(1, NOW - FORGOTTEN_MS)
    assert to_bytes((old,), NOW) == b""


def test_what_is_damaged_is_left_out() -> None:
    """Whatever stands there, the rest is read."""
    good = (STREAM, bytes(16), NOW)
    wrong = ((b"?", b"", NOW), (STREAM, b"short", NOW), (STREAM, b""), 7)
    assert from_bytes(encode((*wrong, good))) == (wish(0, NOW),)
    assert from_bytes(b"\xff damaged") == ()
    assert from_bytes(encode("no list")) == ()
