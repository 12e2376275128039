"""A delivery goes out once to each, in order; what comes in one turn of the loop stays together."""

import asyncio
import io
import os
from collections.abc import Callable, Sequence
from typing import cast

from hobnob_protocol.frames import Ack, Page
from hobnob_server.board import Switchboard
from hobnob_server.delivery import Delivery, Message
from hobnob_server.logs import Log
from hobnob_server.session import Session
from hobnob_sync.hub_engine.inputs import Gone, Input
from tests.stories.waiting import TestClock

ACK = Ack((), 1)
PAGE = Page(1, 1, ())
PIPE_BYTES = 4_096


class Slow:
    """A session that only notes what is given to it."""

    def __init__(self, conn: int) -> None:
        self.conn = conn
        self.got: list[list[bytes]] = []
        self.rests: list[int] = []

    def write(self, messages: list[Message]) -> None:
        self.got.append([message.data for message in messages])

    def write_rest(self, message: Message, written_bytes: int) -> None:
        self.rests.append(written_bytes)


def on_board(story: Callable[[Switchboard, list[Sequence[Input]]], None]) -> None:
    """A switchboard, and what it has sent to the writer."""

    async def run() -> None:
        sent: list[Sequence[Input]] = []
        clock = TestClock()
        log = Log(io.StringIO(), clock)
        board = Switchboard(sent.append, asyncio.get_running_loop(), clock, log)
        story(board, sent)
        await asyncio.sleep(0)
        assert all(sent)

    asyncio.run(run())


def deliver(board: Switchboard, *messages: Message) -> None:
    """One commit's messages."""
    board.deliver(Delivery((), list(messages)))


def added(board: Switchboard, conn: int) -> Slow:
    """A session of that number."""
    found = Slow(conn)
    board.add(cast("Session", found))
    return found


def test_what_one_turn_brings_goes_to_the_writer_together() -> None:
    """In its order; a board that closes hands over what it has, and takes nothing more."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        board.put(Gone(1))
        board.put(Gone(2))
        assert sent == []
        board.close()
        board.put(Gone(3))
        assert sent == [[Gone(1), Gone(2)]]

    on_board(story)


def test_who_gets_several_frames_gets_them_in_order_and_at_once() -> None:
    """The answer before the echo; all others get what all get."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        one, two = added(board, 1), added(board, 2)
        deliver(board, Message((1,), b"ack", ACK), Message((1, 2), b"page", PAGE))
        assert (one.got, one.rests) == ([[b"ack", b"page"]], [])
        assert (two.got, two.rests) == ([], [0])

    on_board(story)


def test_a_frame_goes_straight_to_a_socket_to_which_nothing_waits() -> None:
    """Until it is blocked, or its connection is gone."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        reads, writes = os.pipe()
        slow = added(board, 1)
        board.clear(1, writes)
        deliver(board, Message((1,), b"page", PAGE))
        assert os.read(reads, 100) == b"page"
        board.blocked(1)
        deliver(board, Message((1,), b"more", PAGE))
        assert slow.rests == [0]
        board.clear(1, writes)
        board.remove(cast("Session", slow))
        deliver(board, Message((1,), b"last", PAGE))
        os.close(writes)
        assert os.read(reads, 100) == b""
        os.close(reads)

    on_board(story)


def test_what_a_socket_does_not_take_is_its_sessions_affair() -> None:
    """All of it where it takes nothing, the rest where it takes a part."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        reads, writes = os.pipe()
        os.set_blocking(writes, False)
        room = 0
        while True:
            try:
                room += os.write(writes, bytes(PIPE_BYTES))
            except BlockingIOError:
                break
        slow = added(board, 1)
        board.clear(1, writes)
        deliver(board, Message((1,), bytes(2 * PIPE_BYTES), PAGE))
        os.read(reads, PIPE_BYTES)
        deliver(board, Message((1,), bytes(2 * PIPE_BYTES), PAGE))
        assert room >= PIPE_BYTES
        assert slow.rests == [0, PIPE_BYTES]
        os.close(reads)
        os.close(writes)

    on_board(story)
