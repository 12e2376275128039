"""What a client that does not read is still sent: answers, pages later; of who writes nothing."""

import asyncio
from typing import cast

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Ack, Bye, Credit, Frame, Page, Ping
from hobnob_protocol.ids import AccountId, ChannelId, channel_stream
from hobnob_protocol.limits import BACKLOG_BYTES_MAX, SILENCE_SECONDS
from hobnob_protocol.presence_frames import Typing
from hobnob_protocol.wire import encode_frame
from hobnob_server.delivery import Message
from hobnob_server.guard import Guard
from hobnob_server.limits import CLOSE_SECONDS
from hobnob_server.session import Board, Session
from hobnob_sync.hub_engine.inputs import Congested, Input, Received, Unsent
from tests.protocol.parties import opened
from tests.stories.waiting import TestClock

ACK = Ack((), 1)
PAGE = Page(1, 1, ())
TYPING = Typing(channel_stream(ChannelId(b"c" * 16)), AccountId(b"a" * 20))


class Transport:
    """Holds so many bytes that the socket does not take, and what was written since."""

    def __init__(self, held_bytes: int) -> None:
        self.held_bytes = held_bytes
        self.written: list[bytes] = []

    def get_write_buffer_size(self) -> int:
        """What it holds."""
        return self.held_bytes

    def write(self, data: bytes) -> None:
        """Take more."""
        self.written.append(data)

    def is_closing(self) -> bool:
        """It stays."""
        return False


class Doorman:
    """As much of a guard as a session asks for."""

    def __init__(self, transport: Transport) -> None:
        self.loop = asyncio.new_event_loop()
        self.transport = transport
        self.file = None
        self.is_open = True

    def withhold(self, pause: bool) -> None:
        """Nothing is read here."""


class Writer:
    """What the engine is told."""

    def __init__(self) -> None:
        self.told: list[Input] = []
        self.given: list[tuple[int, int]] = []

    def put(self, incoming: Input) -> None:
        """For the next commit."""
        self.told.append(incoming)

    def credit(self, conn: int, size_bytes: int) -> None:
        """For the next commit, too."""
        self.given.append((conn, size_bytes))

    def blocked(self, conn: int) -> None:
        """Nothing goes straight to its socket."""


def written(held_bytes: int, *frames: Frame) -> tuple[list[bytes], list[Input]]:
    """What of these frames one commit's writing puts onto a transport that holds so much, and what
    the engine hears."""
    transport, writer = Transport(held_bytes), Writer()
    doorman = Doorman(transport)
    session = Session(
        1,
        cast("Guard", doorman),
        opened().hub,
        cast("Board", writer),
        TestClock(),
    )
    session.write([Message((1,), encode_frame(frame), frame) for frame in frames])
    doorman.loop.close()
    return transport.written, writer.told


def test_where_there_is_room_all_is_written_at_once() -> None:
    """Nobody hears of it."""
    data = b"".join(map(encode_frame, (ACK, TYPING, PAGE)))
    assert written(0, ACK, TYPING, PAGE) == ([data], [])


def test_where_there_is_none_who_writes_is_left_out() -> None:
    """A page comes back to be sent later, an answer is written; by then nobody writes any more."""
    sent, told = written(BACKLOG_BYTES_MAX, TYPING, ACK, PAGE, TYPING)
    assert sent == [encode_frame(ACK)]
    assert told == [Congested(1), Unsent(1, PAGE)]


def test_silence_and_an_end_are_due_when_they_are_and_not_before() -> None:
    """As long as something comes a sweep may be early; it is never late."""
    clock, transport = TestClock(), Transport(0)
    doorman = Doorman(transport)
    session = Session(1, cast("Guard", doorman), opened().hub, cast("Board", Writer()), clock)
    session.receive(encode_frame(Ping(1)))
    heard_ms = clock.monotonic_ms()
    session.sweep(heard_ms)
    assert session.due_ms == heard_ms + SILENCE_SECONDS * 1_000
    session.bye(Bye(ByeCode.SHUTDOWN, 0))
    assert session.due_ms == clock.monotonic_ms() + CLOSE_SECONDS * 1_000
    doorman.loop.close()


def test_credit_is_given_back_whatever_its_size() -> None:
    """By itself, beside what else is said; and whoever gives it back is not silent."""
    clock, writer = TestClock(), Writer()
    doorman = Doorman(Transport(0))
    session = Session(7, cast("Guard", doorman), opened().hub, cast("Board", writer), clock)
    clock.move(1)
    for size_bytes in (1, 200_000):
        session.receive(encode_frame(Credit(size_bytes)))
    assert (writer.given, writer.told) == (
        [(7, 200_000)],
        [Received(7, Credit(1), len(encode_frame(Credit(1))))],
    )
    session.sweep(clock.monotonic_ms())
    assert session.due_ms == clock.monotonic_ms() + SILENCE_SECONDS * 1_000
    doorman.loop.close()
