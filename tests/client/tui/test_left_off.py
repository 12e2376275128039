"""Where one left is kept as bytes, and nothing comes of bytes that are not what was kept."""

from datetime import date, timedelta

import pytest

from hobnob_client.tui.left_off import BYTES_MAX, Keys, LeftOff, Spot, from_bytes, to_bytes
from hobnob_protocol.codec import encode
from hobnob_protocol.ids import ChannelId, TargetId, channel_stream

DAY = date(2026, 3, 14)
ROOT, BOTTOM, SELECTED = (TargetId(bytes([nth]) * 16) for nth in (1, 2, 3))
PLACE = channel_stream(ChannelId(bytes(16)))
LEFT = LeftOff(
    DAY,
    PLACE,
    Spot(BOTTOM, 3, False, SELECTED, BOTTOM),
    (ROOT, Spot(None)),
    Keys.THREAD_FIELD,
)
SPOT = (bytes(BOTTOM), 0, False, b"", b"")


def test_what_was_kept_is_what_is_read() -> None:
    """With a thread beside the place and without one; and nowhere is no bytes."""
    alone = LeftOff(DAY, PLACE, Spot(BOTTOM), None, Keys.CHANNEL)
    assert [from_bytes(to_bytes(each), DAY) for each in (LEFT, alone)] == [LEFT, alone]
    assert to_bytes(None) == b""


def test_it_holds_on_its_day() -> None:
    """Not on the next."""
    assert from_bytes(to_bytes(LEFT), DAY + timedelta(days=1)) is None


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"\xc1",
        to_bytes(LEFT)[:-1],
        bytes(BYTES_MAX + 1),
        encode(7),
        encode((DAY.toordinal(), PLACE, 9, SPOT, ())),
        encode((DAY.toordinal(), b"c:short", 0, SPOT, ())),
        encode((DAY.toordinal(), PLACE, 0, (b"", -1, False, b"", b""), ())),
        encode((DAY.toordinal(), PLACE, 0, (b"", 10**6, False, b"", b""), ())),
        encode((DAY.toordinal(), PLACE, 0, "", ())),
        encode((DAY.toordinal(), PLACE, 0, SPOT, (b"short", SPOT))),
        encode((DAY.toordinal(), PLACE, 0, SPOT, (bytes(ROOT), ()))),
        encode((DAY.toordinal(), PLACE, int(Keys.THREAD), SPOT, ())),
    ],
)
def test_nothing_comes_of_anything_else(kept: bytes) -> None:
    """Be it cut, too long, or of another shape."""
    assert from_bytes(kept, DAY) is None
