"""Short numbers for messages."""

from hobnob_client.linear.numbers import Numbers
from hobnob_protocol.ids import StreamId, TargetId

GARDEN = StreamId(b"c:" + bytes(16))
CELLAR = StreamId(b"c:" + bytes((1,)) * 16)


def target(n: int) -> TargetId:
    """Some message."""
    return TargetId(n.to_bytes(16, "big"))


def test_a_message_keeps_its_number() -> None:
    """From 1 upwards, one each, and back again."""
    numbers = Numbers()
    assert [numbers.of(GARDEN, target(n)) for n in (7, 8, 7)] == [1, 2, 1]
    assert numbers.of(CELLAR, target(7)) == 3
    assert numbers.named(3) == (CELLAR, target(7))
    assert numbers.known(GARDEN, target(8))
    assert not numbers.known(CELLAR, target(8))
    assert numbers.named(4) is None


def test_the_ones_longest_not_named_go_and_no_number_is_given_twice() -> None:
    """It is bounded."""
    numbers = Numbers(2)
    assert [numbers.of(GARDEN, target(n)) for n in (1, 2, 1, 3)] == [1, 2, 1, 3]
    assert numbers.named(2) is None
    assert numbers.named(1) == (GARDEN, target(1))
    assert numbers.of(GARDEN, target(2)) == 4
