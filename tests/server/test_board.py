"""A delivery goes out once to each, in order; what comes in one turn of the loop stays together."""

import asyncio
import io
import os
from collections.abc import Callable, Sequence
from typing import cast

from hobnob_protocol.frames import Ack, Page
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import BACKLOG_BYTES_MAX
from hobnob_protocol.question_frames import LATER
from hobnob_server.board import Switchboard
from hobnob_server.delivery import Delivery, Message
from hobnob_server.logs import Log
from hobnob_server.session import Session
from hobnob_server.writes import one_by_one
from hobnob_sync.hub_engine.inputs import Credited, Gone, Input
from tests.stories.waiting import TestClock

ACK = Ack((), 1)
PAGE = Page(1, 1, ())
PIPE_BYTES = 4_096


class Slow:
    """A session that only notes what is given to it."""

    def __init__(self, conn: int) -> None:
        self.conn = conn
        self.got: list[list[bytes]] = []
        self.rests: list[tuple[bytes, bytes]] = []
        self.due_ms = 0
        self.sweeps = 0

    def sweep(self, now_ms: int) -> None:
        self.sweeps += 1

    def write(self, messages: list[Message]) -> None:
        self.got.append([message.data for message in messages])

    def write_rest(self, messages: list[Message], rest: bytes) -> None:
        self.rests.append((b"".join([message.data for message in messages]), rest))


async def _nothing(conn: int, asker: AccountId, question: bytes) -> tuple[int, bytes]:
    """Nothing is answered here."""
    return LATER, b""


def on_board(story: Callable[[Switchboard, list[Sequence[Input]]], None]) -> None:
    """A switchboard, and what it has sent to the writer."""

    async def run() -> None:
        sent: list[Sequence[Input]] = []
        clock = TestClock()
        log = Log(io.StringIO(), clock)
        board = Switchboard(
            sent.append, asyncio.get_running_loop(), clock, log, _nothing, one_by_one
        )
        story(board, sent)
        await asyncio.sleep(0)
        assert all(sent)

    asyncio.run(run())


def deliver(board: Switchboard, *messages: Message) -> None:
    """One commit's messages."""
    board.deliver(Delivery((), list(messages)))


def a_page(conns: tuple[int, ...]) -> Message:
    """A page for some."""
    return Message(conns, b"page", PAGE)


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


def test_what_is_given_back_goes_along_once_for_each_who_gives() -> None:
    """However often in one turn; of a board that closes it is the last."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        board.credit(1, 30)
        board.put(Gone(3))
        board.credit(2, 4)
        board.credit(1, 5)
        board.close()
        assert sent == [[Gone(3), Credited(((1, 35), (2, 4)))]]
        board.credit(1, 30)
        board.close()
        assert len(sent) == 1

    on_board(story)


def test_credit_waits_for_what_else_comes_unless_somebody_waits_for_it() -> None:
    """Whom a commit leaves without any gets what has come since and what comes, each at once."""

    async def run() -> list[Sequence[Input]]:
        sent: list[Sequence[Input]] = []
        loop, clock = asyncio.get_running_loop(), TestClock()
        board = Switchboard(
            sent.append, loop, clock, Log(io.StringIO(), clock), _nothing, one_by_one
        )
        board.credit(1, 30)
        await asyncio.sleep(0)
        assert sent == []
        board.put(Gone(2))
        await asyncio.sleep(0)
        board.credit(1, 4)
        board.deliver(Delivery((), spent=True))
        await asyncio.sleep(0)
        board.credit(3, 5)
        await asyncio.sleep(0)
        board.deliver(Delivery(()))
        board.credit(3, 6)
        await asyncio.sleep(0)
        return sent

    assert asyncio.run(run()) == [
        [Gone(2), Credited(((1, 30),))],
        [Credited(((1, 4),))],
        [Credited(((3, 5),))],
    ]


def test_who_gets_several_frames_gets_them_in_order_and_at_once() -> None:
    """The answer before the echo; all others get what all get."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        one, two = added(board, 1), added(board, 2)
        deliver(board, Message((1,), b"ack", ACK), Message((1, 2), b"page", PAGE))
        assert (one.got, one.rests) == ([[b"ack", b"page"]], [])
        assert (two.got, two.rests) == ([], [(b"page", b"")])

    on_board(story)


def test_what_most_get_goes_to_nobody_else() -> None:
    """Who gets something of their own gets it alone, in order with what they get beside it."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        others = [added(board, conn) for conn in (1, 2, 3, 4)]
        page, more = Message((1, 2), b"page", PAGE), Message((1, 2), b"more", PAGE)
        deliver(board, page, Message((3, 1), b"ack", ACK), more, Message((4,), b"one", ACK))
        assert [each.got for each in others] == [
            [[b"page", b"ack", b"more"]],
            [],
            [[b"ack"]],
            [[b"one"]],
        ]
        assert [each.rests for each in others] == [[], [(b"pagemore", b"")], [], []]

    on_board(story)


def test_a_sweep_looks_at_those_who_have_reached_their_deadline() -> None:
    """At nobody else: a thousand who are quiet cost it nothing."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        due, not_due = added(board, 1), added(board, 2)
        not_due.due_ms = 1 << 60
        board.sweep()
        assert (due.sweeps, not_due.sweeps) == (1, 0)

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
        assert slow.rests == [(b"more", b"")]
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
        whole = bytes(2 * PIPE_BYTES)
        assert slow.rests == [(whole, b""), (whole, bytes(PIPE_BYTES))]
        os.close(reads)
        os.close(writes)

    on_board(story)


def test_frames_that_all_get_go_straight_together() -> None:
    """A checkpoint and the page after it are one write; who gets more gets it around them."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        reads, writes = os.pipe()
        one, two = added(board, 1), added(board, 2)
        board.clear(1, writes)
        conns = (1, 2)
        deliver(board, Message(conns, b"check", ACK), Message((2,), b"ack", ACK), a_page(conns))
        assert os.read(reads, 100) == b"checkpage"
        assert (one.got, one.rests) == ([], [])
        assert (two.got, two.rests) == ([[b"check", b"ack", b"page"]], [])
        deliver(board, Message(conns, b"check", ACK), a_page(conns))
        assert os.read(reads, 100) == b"checkpage"
        assert two.rests == [(b"checkpage", b"")]
        os.close(writes)
        os.close(reads)

    on_board(story)


def test_more_than_a_transport_may_hold_goes_through_the_sessions() -> None:
    """They leave what finds no room, and the engine hears of it."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        reads, writes = os.pipe()
        one = added(board, 1)
        board.clear(1, writes)
        large = Message((1,), bytes(BACKLOG_BYTES_MAX), PAGE)
        deliver(board, large, a_page((1,)))
        assert one.got == [[large.data, b"page"]]
        os.close(writes)
        assert os.read(reads, 100) == b""
        os.close(reads)

    on_board(story)


def test_who_gets_more_than_all_others_gets_it_once_and_in_order() -> None:
    """Whoever it is, one time after the other: what goes straight to all others goes around it."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        pipes = [os.pipe() for _ in range(4)]
        sessions = [added(board, conn) for conn in range(4)]
        conns = (0, 1, 2, 3)
        for conn, (_, writes) in enumerate(pipes):
            board.clear(conn, writes)
        expected = [b""] * 4
        for nth, talker in enumerate((1, 1, 3, 0, 2, 1)):
            page = b"page%d" % nth
            deliver(board, Message((talker,), b"ack", ACK), Message(conns, page, PAGE))
            assert sessions[talker].got.pop() == [b"ack", page]
            expected = [said if at == talker else said + page for at, said in enumerate(expected)]
        assert [os.read(reads, 100) for reads, _ in pipes] == expected
        assert [(session.rests, session.got) for session in sessions] == [([], [])] * 4
        for pipe in pipes:
            for file in pipe:
                os.close(file)

    on_board(story)


def test_who_falls_behind_between_two_deliveries_is_not_written_to() -> None:
    """Nor is who is gone; who is back is."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        reads, writes = os.pipe()
        conns, slow = (1, 2), added(board, 1)
        board.clear(1, writes)
        for said in (b"a", b"b"):
            deliver(board, Message(conns, said, PAGE))
        board.blocked(1)
        board.blocked(2)
        deliver(board, Message(conns, b"c", PAGE))
        board.clear(1, writes)
        board.clear(1, writes)
        deliver(board, Message(conns, b"d", PAGE))
        assert os.read(reads, 100) == b"abd"
        assert slow.rests == [(b"c", b"")]
        for file in (reads, writes):
            os.close(file)

    on_board(story)


def test_who_takes_nothing_keeps_nobody_from_what_comes() -> None:
    """Those before it and those after it get theirs."""

    def story(board: Switchboard, sent: list[Sequence[Input]]) -> None:
        pipes = [os.pipe() for _ in range(3)]
        sessions = [added(board, conn) for conn in range(3)]
        for conn, (_, writes) in enumerate(pipes):
            board.clear(conn, writes)
        os.close(pipes[1][0])
        deliver(board, Message((0, 1, 2), b"said", PAGE))
        assert [os.read(pipes[at][0], 100) for at in (0, 2)] == [b"said"] * 2
        assert [session.rests for session in sessions] == [[], [(b"said", b"")], []]
        for file in (*pipes[0], pipes[1][1], *pipes[2]):
            os.close(file)

    on_board(story)
