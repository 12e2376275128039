"""The same bytes to many sockets, whichever way: each takes all of it, a part, or nothing, and none
keeps another from its own."""

import io
import os
import select
import socket
import struct
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from typing import Final

import pytest

from hobnob_server.limits import RING_SENDS, RING_SOCKETS_MIN, RING_TRIES
from hobnob_server.logs import Log
from hobnob_server.ring import Ring
from hobnob_server.ring_memory import RingMemory, has_sends
from hobnob_server.writes import Together, Writes, one_by_one
from tests.stories.waiting import BOUND_SECONDS, TestClock

LARGE: Final = bytes(range(256)) * 240
FEW: Final = 8
"""Sends a call of a ring whose end is soon reached."""


def opened(sends: int = RING_SENDS, share: Callable[[int], RingMemory] = RingMemory) -> Ring:
    """A ring, where the system lets us have one."""
    try:
        return Ring(sends, share=share)
    except OSError as why:
        pytest.skip(f"no io_uring here: {why}")


@pytest.fixture(params=["one by one", "ring", "small ring"])
def writes(request: pytest.FixtureRequest) -> Iterator[Writes]:
    """Each way to write."""
    if request.param == "one by one":
        yield one_by_one
        return
    ring = opened() if request.param == "ring" else opened(FEW)

    def by_ring(files: "array[int]", data: bytes) -> list[tuple[int, int]]:
        begun, short = ring.send(files, data)
        assert (begun, ring.broken) == (len(files), False)
        return short

    with closing(ring):
        yield by_ring


class Pairs:
    """Pairs of sockets, the near ends of which are written to without waiting."""

    def __init__(self, count: int, *, tcp: bool = False) -> None:
        self.near: list[socket.socket] = []
        self.far: list[socket.socket] = []
        for _ in range(count):
            near, far = tcp_pair() if tcp else socket.socketpair()
            near.setblocking(False)
            far.settimeout(BOUND_SECONDS)
            self.near.append(near)
            self.far.append(far)

    @property
    def files(self) -> "array[int]":
        """The near ends."""
        return array("i", [each.fileno() for each in self.near])

    def came(self) -> list[bytes]:
        """All that came to the far ends, to its end: nothing more can be written then."""
        for each in self.near:
            # One that is closed, or has lost its peer, has nothing more to end.
            with suppress(OSError):
                each.shutdown(socket.SHUT_WR)
        return [b"" if each.fileno() < 0 else to_its_end(each) for each in self.far]

    def close(self) -> None:
        """All of them."""
        for each in (*self.near, *self.far):
            each.close()


def tcp_pair() -> tuple[socket.socket, socket.socket]:
    """As members come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        far = socket.create_connection(server.getsockname())
        return server.accept()[0], far


def to_its_end(sock: socket.socket) -> bytes:
    """What comes until nothing more does."""
    found = b""
    while part := sock.recv(1 << 20):
        found += part
    return found


def take_out(sock: socket.socket) -> int:
    """Read what was written on this machine, which is there as soon as it is written: how much."""
    size_bytes = 0
    sock.setblocking(False)
    with suppress(BlockingIOError):
        while part := sock.recv(1 << 20):
            size_bytes += len(part)
    sock.settimeout(BOUND_SECONDS)
    return size_bytes


def fill(sock: socket.socket) -> int:
    """Write until nothing more is taken: how much was."""
    size_bytes = 0
    with suppress(BlockingIOError):
        while True:
            size_bytes += sock.send(LARGE)
    return size_bytes


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, FEW + 1, 5 * FEW + 3])
@pytest.mark.parametrize("tcp", [False, True])
def test_everybody_gets_all_of_it(writes: Writes, count: int, tcp: bool) -> None:
    """Once, whatever their number."""
    with closing(Pairs(count, tcp=tcp)) as pairs:
        assert writes(pairs.files, b"said") == []
        assert pairs.came() == [b"said"] * count


@pytest.mark.parametrize("count", [RING_SENDS - 1, RING_SENDS, RING_SENDS + 1, 3_000])
def test_a_crowd_gets_all_of_it(writes: Writes, count: int) -> None:
    """Around the sends of one call; a socket may stand there more than once."""
    with closing(Pairs(60)) as pairs:
        files = pairs.files
        assert writes(array("i", [files[nth % 60] for nth in range(count)]), b"x") == []
        assert sum(map(len, pairs.came())) == count


def test_what_is_said_many_times_comes_in_its_order(writes: Writes) -> None:
    """However often a ring comes to its end meanwhile, and whoever is asked for."""
    with closing(Pairs(5)) as pairs:
        files = pairs.files
        expected = [b""] * 5
        for nth in range(60):
            count, said = 1 + nth % 5, b"%d " % nth
            assert writes(files[:count], said) == []
            expected = [was + said if at < count else was for at, was in enumerate(expected)]
        assert pairs.came() == expected


def test_who_takes_a_part_or_nothing_is_told_by_place(writes: Writes) -> None:
    """One with room for a part, one that is full; all others get theirs, and the next one, too."""
    with closing(Pairs(5)) as pairs:
        for each in (pairs.near[1], pairs.near[3]):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
        full_bytes = fill(pairs.near[3])
        [(place, part), full] = writes(pairs.files, LARGE)
        assert (place, full) == (1, (3, 0))
        assert 0 < part < len(LARGE)
        assert [take_out(each) for each in pairs.far] == [
            *(len(LARGE), part, len(LARGE), full_bytes, len(LARGE))
        ]
        assert writes(pairs.files, b"more") == []
        assert pairs.came() == [b"more"] * 5


@pytest.mark.parametrize("tcp", [False, True])
def test_who_is_gone_keeps_nobody_from_what_comes(writes: Writes, tcp: bool) -> None:
    """A peer that has closed, a socket that is closed, a file that is none: each is an error, of
    which the process does not die."""
    with closing(Pairs(6, tcp=tcp)) as pairs, open(os.devnull, "rb") as other:
        files = pairs.files
        # TCP takes what comes before it has heard of the peer's end, unless that is a reset.
        pairs.far[0].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        pairs.far[0].close()
        assert select.select([pairs.near[0]], [], [], BOUND_SECONDS)[0]
        pairs.near[2].close()
        files[5] = other.fileno()
        assert writes(files, b"said") == [(0, 0), (2, 0), (5, 0)]
        assert pairs.came() == [b"", b"said", b"", b"said", b"said", b""]


def test_each_may_be_the_one_who_takes_nothing(writes: Writes) -> None:
    """In whatever lap of the ring, and where all of them do."""
    with closing(Pairs(5)) as pairs:
        files = pairs.files
        for nth in range(40):
            some = array(
                "i", [-1 if place == nth % 7 else file for place, file in enumerate(files)]
            )
            assert writes(some, b"s") == [(place, 0) for place in range(5) if place == nth % 7]
        assert writes(array("i", [-1] * 30), b"s") == [(place, 0) for place in range(30)]


@pytest.mark.parametrize(
    ("release", "new_enough"),
    [
        *(("4.19.0-27-amd64", False), ("5.4.0-216-generic", False), ("5.6.0", True)),
        *(("5.10.0-35-arm64", True), ("6.1.0+rpt-rpi-v8", True), ("10.0", True), ("x", False)),
    ],
)
def test_an_old_linux_is_not_asked_for_a_ring(release: str, new_enough: bool) -> None:
    """Where a filter does not know the call, asking could end the hub."""
    assert has_sends(release) is new_enough


class Counted(RingMemory):
    """Notes how many sends each call took; as few as `most`, and none at all if there are `fails`,
    so many times."""

    def __init__(self, sends: int, most: int = 1 << 30, fails: int = 0, after: int = 1) -> None:
        super().__init__(sends)
        self.most, self.fails, self.after = most, fails, after
        self.taken: list[int] = []

    def enter(self, sends: int) -> int:
        """As the kernel may do where it is interrupted, or has no memory for all."""
        if len(self.taken) >= self.after and self.fails:
            self.fails -= 1
            return -1
        self.taken.append(super().enter(min(sends, self.most)))
        return self.taken[-1]


def test_a_ring_that_takes_fewer_than_it_is_given_is_given_the_rest() -> None:
    """In their order, and each once; so after an interrupt."""
    memories: list[Counted] = []

    def share(sends: int) -> RingMemory:
        memories.append(Counted(sends, most=3, fails=RING_TRIES - 1, after=3))
        return memories[-1]

    with closing(Pairs(7)) as pairs, closing(opened(FEW, share=share)) as ring:
        assert ring.send(pairs.files, b"one") == (7, [])
        assert not ring.broken
        assert memories[0].taken == [1, 3, 3, 1]
        assert pairs.came() == [b"one"] * 7


def a_log() -> tuple[Log, io.StringIO]:
    """A log, and what is in it."""
    out = io.StringIO()
    return Log(out, TestClock()), out


def test_what_a_ring_takes_no_more_is_written_one_by_one_from_then_on() -> None:
    """Nobody gets anything twice or not at all, and the log says so once."""
    log, said = a_log()
    share = partial(Counted, most=40, fails=1_000, after=2)
    opened(share=share).close()
    together = Together(log, lambda: Ring(share=share))
    count = 2 * RING_SOCKETS_MIN
    with closing(Pairs(count)) as pairs, closing(together):
        files = pairs.files
        files[1] = files[50] = -1
        assert together(files, b"one") == [(1, 0), (50, 0)]
        assert not together.together
        assert together(files, b"two") == [(1, 0), (50, 0)]
        expected = [b"" if place in {1, 50} else b"onetwo" for place in range(count)]
        assert pairs.came() == expected
    assert said.getvalue().count("fanout.single") == 1


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (PermissionError(1, "Operation not permitted"), '"[Errno 1] Operation not permitted"'),
        (ModuleNotFoundError("No module named '_ctypes'"), "\"No module named '_ctypes'\""),
    ],
)
def test_where_there_is_no_ring_all_is_written_one_by_one(why: Exception, told: str) -> None:
    """A container that forbids it, a Python without it: told once, and nobody misses anything."""

    def refuse() -> Ring:
        raise why

    log, said = a_log()
    together = Together(log, refuse)
    with closing(Pairs(RING_SOCKETS_MIN)) as pairs, closing(together):
        assert together(pairs.files, b"said") == []
        assert pairs.came() == [b"said"] * RING_SOCKETS_MIN
    assert not together.together
    assert said.getvalue().count("\n") == 1
    assert f"event=fanout.single why={told}" in said.getvalue()


def test_one_call_is_for_many_sockets_and_for_what_fits() -> None:
    """A few are written to one by one, and so is what is longer than a transport may hold."""
    memories: list[Counted] = []

    def share(sends: int) -> RingMemory:
        memories.append(Counted(sends))
        return memories[-1]

    opened(share=share).close()
    together = Together(a_log()[0], lambda: Ring(FEW, len(LARGE), share))
    with closing(Pairs(RING_SOCKETS_MIN)) as pairs, closing(together):
        few, trial = pairs.files[:-1], [1]
        assert together(few, b"few") == []
        assert together(pairs.files, LARGE + b"!") == []
        assert memories[-1].taken == trial
        assert together(pairs.files, LARGE) == []
        assert memories[-1].taken == trial + [FEW] * (RING_SOCKETS_MIN // FEW)
        long = LARGE + b"!" + LARGE
        assert pairs.came() == [b"few" + long] * len(few) + [long]


def ours() -> set[str]:
    """Open files of this process, but for the one by which they are listed."""
    folder = "/proc/self/fd"
    return {each for each in os.listdir(folder) if os.path.lexists(f"{folder}/{each}")}


def test_a_ring_gives_back_what_it_had_and_leaves_nothing_to_children() -> None:
    """Its files are closed at once, and a process that is started gets none of them."""
    opened(FEW).close()
    before = ours()
    ring = opened(FEW)
    more = ours() - before
    assert more
    assert not any(os.get_inheritable(int(each)) for each in more)
    ring.close()
    ring.close()
    assert not more & ours()
