"""Frames that are read without the library: the same messages at the same price, however cut."""

import asyncio
import random
from collections.abc import Callable
from typing import Any, cast

import pytest
from websockets.asyncio.server import Server, ServerConnection
from websockets.server import ServerProtocol

from hobnob_protocol.limits import FRAME_BYTES_MAX, PREAUTH_FRAME_BYTES_MAX
from hobnob_server.gate import Gate
from hobnob_server.guard import Guard
from hobnob_server.plain import is_between_frames, plain_frame
from hobnob_server.settings import Config
from tests.stories.raw import BINARY, PING, TEXT, frame
from tests.stories.waiting import TestClock

REQUEST = (
    b"GET / HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
FIN = 0x80
"""In a frame's first byte: it is the last of its message."""


class Transport(asyncio.Transport):
    """Takes what is written, and can be cut."""

    def __init__(self) -> None:
        super().__init__({"sslcontext": True})
        self.cut = False

    def write(self, data: Any) -> None:
        """Gone."""

    def abort(self) -> None:
        """Cut it."""
        self.cut = True

    def is_closing(self) -> bool:
        """Is it cut?"""
        return self.cut

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing waits here."""

    def pause_reading(self) -> None:
        """Bytes are given by hand."""

    def resume_reading(self) -> None:
        """Bytes are given by hand."""


class Notes:
    """A session that only notes what comes."""

    def __init__(self) -> None:
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.got: list[bytes | None] = []

    def receive(self, data: bytes) -> None:
        """A message."""
        self.got.append(data)

    def no_frame(self) -> None:
        """Text."""
        self.got.append(None)

    def flooded(self) -> None:
        """Too many frames."""
        self.got.append(b"flooded")


async def _served(_: ServerConnection) -> None:
    """Nobody is served here."""


def on_guard(story: Callable[[Guard, Notes, Transport], None], burst: int = 1_000) -> None:
    """A guard whose connection is a WebSocket already, and may send so many frames."""

    async def run() -> None:
        notes, transport, nobody = Notes(), Transport(), cast("Any", None)

        def noted(_: Guard) -> Any:
            return notes

        guard = Guard(
            *(Gate(Config(), TestClock()), 0, burst, noted),
            *(ServerProtocol(max_size=PREAUTH_FRAME_BYTES_MAX), Server(nobody, _served)),
        )
        guard.connection_made(transport)
        guard.data_received(REQUEST)
        assert guard.request is not None
        guard.protocol.send_response(guard.protocol.accept(guard.request))
        story(guard, notes, transport)
        await asyncio.sleep(0)

    asyncio.run(run())


@pytest.mark.parametrize("size_bytes", [0, 1, 125, 126, 4_096, 65_535])
def test_a_plain_frame_is_read_where_it_is_whole(size_bytes: int) -> None:
    """Whatever stands before it and behind it; what it lacks a byte of is not."""
    payload = bytes(at % 251 for at in range(size_bytes))
    data = frame(BINARY, payload)
    found = plain_frame(b"ab" + data + b"c", 2, FRAME_BYTES_MAX)
    assert found == (payload, 2 + len(data))
    for end in {*range(min(len(data), 12)), len(data) - 1}:
        assert plain_frame(data[:end], 0, FRAME_BYTES_MAX) is None


def test_what_a_client_masks_is_read_unmasked() -> None:
    """As the library reads it."""
    mask, payload = b"\x01\x80\xff\x00", b"a message of some length"
    masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
    data = frame(BINARY, payload)[:2] + mask + masked
    assert plain_frame(data, 0, FRAME_BYTES_MAX) == (payload, len(data))


@pytest.mark.parametrize(
    "data",
    [
        frame(TEXT, b"text"),
        frame(PING, b""),
        frame(0x8, b"\x03\xe8"),
        bytes([BINARY, *frame(BINARY, b"the first part")[1:]]),
        bytes([FIN | 0x40 | BINARY, *frame(BINARY, b"of an extension")[1:]]),
        bytes([FIN | BINARY, 3]) + b"not masked",
        frame(BINARY, bytes(PREAUTH_FRAME_BYTES_MAX + 1)),
        bytes([FIN | BINARY, 0x80 | 127]) + (4).to_bytes(8, "big") + bytes(8),
    ],
)
def test_all_else_is_the_librarys(data: bytes) -> None:
    """Which answers, puts together, or fails the connection."""
    assert plain_frame(data, 0, PREAUTH_FRAME_BYTES_MAX) is None


def test_it_is_known_where_the_library_stands() -> None:
    """After each byte of two frames: between them, and nowhere in them."""

    def story(guard: Guard, notes: Notes, transport: Transport) -> None:
        one = frame(BINARY, b"one")
        for at, byte in enumerate(one * 2, 1):
            guard.protocol.receive_data(bytes([byte]))
            assert is_between_frames(guard.protocol) is (at % len(one) == 0)

    on_guard(story)


@pytest.mark.parametrize("seed", range(50))
def test_however_bytes_are_cut_the_same_messages_come_of_them(seed: int) -> None:
    """Plain ones, texts, and those in parts with pings between them."""
    draw = random.Random(seed)
    sent: list[bytes | None] = []
    data = b""
    for number in range(30):
        payload = bytes([number]) * draw.choice([0, 5, 125, 126, 3_000])
        sort = draw.choice(["plain", "plain", "plain", "parts", "text", "ping"])
        if sort == "parts":
            first, last = frame(BINARY, payload), frame(0, b"last")
            data += bytes([first[0] & ~FIN]) + first[1:] + frame(PING, b"") + last
            sent.append(payload + b"last")
        elif sort == "ping":
            data += frame(PING, b"here")
        else:
            data += frame(TEXT if sort == "text" else BINARY, payload)
            sent.append(None if sort == "text" else payload)

    def story(guard: Guard, notes: Notes, transport: Transport) -> None:
        at = 0
        while at < len(data):
            end = at + draw.choice([1, 7, 131, 700, 20_000])
            guard.data_received(data[at:end])
            at = end
        assert notes.got == sent

    on_guard(story)


@pytest.mark.parametrize("at_once", [1, 2, 20])
def test_a_plain_frame_costs_as_much_as_any_other(at_once: int) -> None:
    """One token: who has none left is cut off, and nothing more is taken."""

    def story(guard: Guard, notes: Notes, transport: Transport) -> None:
        for _ in range(0, 20, at_once):
            guard.data_received(frame(BINARY, b"m") * at_once)
            if transport.cut:
                break
        assert notes.got == [b"m"] * 9 + [b"flooded"]
        assert transport.cut

    on_guard(story, burst=9)
