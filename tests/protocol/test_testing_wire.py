"""The fake wire: nothing moves until it is delivered, and accidents happen on request."""

import pytest

from hobnob_protocol.connection import Closed, State
from hobnob_protocol.errors import UsageError
from hobnob_protocol.frames import Bye, Hello, Page, Ping, Pong, Welcome
from hobnob_protocol.senders import Side
from hobnob_protocol.testing.wire import Wire
from hobnob_protocol.wire import decode_frame, encode_frame
from tests.protocol.parties import JUDGE, client, hub, opened, state_of

PAGES = [Page(1, seq, ()) for seq in (1, 2, 3)]


def sequences(wire: Wire) -> list[int]:
    """The first seqs of the pages on their way to the client."""
    pages = [decode_frame(data) for data in wire.queue(Side.CLIENT)]
    return [page.first_seq for page in pages if isinstance(page, Page)]


def with_pages() -> Wire:
    """An open connection with three pages on their way."""
    wire = opened()
    for page in PAGES:
        wire.hub.send(page)
    return wire


def test_frames_wait_until_they_are_delivered() -> None:
    """One by one, in order."""
    wire = Wire(client(), hub(), JUDGE)
    assert [type(decode_frame(data)) for data in wire.queue(Side.HUB)] == [Hello]
    assert state_of(wire.hub) is State.CONNECTING
    wire.deliver(Side.HUB)
    assert state_of(wire.hub) is State.CHALLENGED
    assert wire.delivered == {Side.HUB: 1, Side.CLIENT: 0}


def test_delivering_nothing_is_a_mistake() -> None:
    """The test that does it is wrong."""
    with pytest.raises(UsageError, match="to the client"):
        Wire(client(), hub()).deliver(Side.CLIENT)


def test_frames_can_be_lost_doubled_and_swapped() -> None:
    """The next ones."""
    wire = with_pages()
    wire.drop(Side.CLIENT)
    assert sequences(wire) == [2, 3]
    wire.swap(Side.CLIENT)
    assert sequences(wire) == [3, 2]
    wire.duplicate(Side.CLIENT)
    assert sequences(wire) == [3, 3, 2]


def test_a_cut_wire_carries_nothing() -> None:
    """What was on its way is lost too."""
    wire = with_pages()
    wire.cut = True
    assert sequences(wire) == []
    wire.cut = False
    assert sequences(wire) == []


def test_the_judge_decides_at_the_door() -> None:
    """With a BYE the login is over."""
    wire = Wire(client(), hub(), lambda _: Bye("recovering", 5))
    wire.deliver_all()
    assert wire.events[Side.CLIENT] == [Closed("recovering", 5, "the peer said so")]


def test_without_a_judge_the_test_decides() -> None:
    """The login waits."""
    wire = Wire(client(), hub())
    wire.deliver_all()
    assert state_of(wire.hub) is State.AUTHENTICATING
    wire.hub.send(Welcome((), 0, 0, True, 0))
    wire.deliver_all()
    assert state_of(wire.client) is State.OPEN


def test_waiting_wakes_each_side_when_it_asked_to_be() -> None:
    """And stops at the moment it was told, not beyond."""
    wire = opened()
    wire.wait(49_999)
    assert wire.delivered[Side.HUB] == 2
    wire.wait(1)
    assert wire.now_ms == 50_000
    assert wire.delivered[Side.HUB] == 3


def test_time_passes_after_the_end_too() -> None:
    """Nobody asks to be woken then."""
    wire = opened()
    wire.client.close(Bye("done", 0))
    wire.wait(1_000)
    assert wire.now_ms == 1_000
    assert state_of(wire.hub) is State.CLOSED


def test_sides_that_never_fall_silent_are_a_bug() -> None:
    """Each answers the other for ever."""
    wire = opened()
    data = encode_frame(Ping(1))

    class Echo:
        """Answers whatever comes."""

        def receive(self, _: bytes, __: int) -> list[object]:
            return []

        def to_send(self) -> list[bytes]:
            return [data]

    wire.client = Echo()  # type: ignore[assignment]  # no connection would do this
    with pytest.raises(UsageError, match="never fall silent"):
        wire.deliver_all()
    assert decode_frame(wire.queue(Side.CLIENT)[0]) == Pong(1)
