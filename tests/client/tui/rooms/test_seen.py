"""What is done with stays so, in a bounded space, through a restart."""

from hobnob_client.tui.rooms.seen import SEEN_MAX, Seen
from hobnob_protocol.ids import TargetId


def named(nth: int) -> TargetId:
    """A message's name."""
    return TargetId(nth.to_bytes(16, "big"))


def test_what_is_done_with_comes_back_from_the_disk() -> None:
    """Damage costs what is damaged."""
    seen = Seen()
    assert seen.add([named(1), named(2)])
    assert not seen.add([named(2)])
    again = Seen(bytes(seen) + b"torn")
    assert list(again) == [named(1), named(2)]
    again.drop([named(1)])
    assert named(1) not in again
    assert named(2) in again


def test_the_oldest_are_forgotten() -> None:
    """No more is kept than is worth it."""
    seen = Seen()
    seen.add(named(nth) for nth in range(SEEN_MAX + 5))
    assert len(seen) == SEEN_MAX
    assert named(4) not in seen
    assert named(5) in seen
