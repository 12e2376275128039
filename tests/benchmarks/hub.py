"""Ours: `python -m hobnob_server run`, as anybody runs it, with its caps raised.

Members are real accounts: made through the protocol, logged in by their keys, each message signed.
"""

import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from hobnob_protocol import __version__, chain
from hobnob_protocol.connection import ClientConnection, JoinRequest
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.event import Author, compose
from hobnob_protocol.frames import (
    Bye,
    Frame,
    Grant,
    Grants,
    Open,
    Opened,
    OpenStream,
    Push,
    Pushed,
    Welcome,
)
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    HubId,
    ReplicaId,
    StreamId,
    TargetId,
    account_id,
    device_id,
    head8,
    target_of,
)
from hobnob_protocol.invite_link import InviteLink, parse
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import decode_frame, encode_frame
from hobnob_server.control.client import ask
from hobnob_server.datadir import DataDir
from tests.benchmarks.load import Record
from tests.benchmarks.process import START_SECONDS, end, spawn
from tests.benchmarks.server import Missing, dial, text
from tests.stories.raw import BINARY, frame

CAPS: Final = {
    "connections-max": "100000",
    "connections-per-address": "100000",
    "connections-before-login": "100000",
    "budget-capacity": "1e9",
    "budget-per-second": "1e9",
}
"""One address stands for a whole community, one member for a busy channel."""
FRAME_CAPS: Final = {"frames-per-second": "1000000", "frames-burst": "1000000"}
"""... and speaks as fast as it can."""
AT_ONCE: Final = 50
"""Logins under way at once."""
UPGRADE: Final = (
    b"GET / HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Line:
    """One connection, with what was read too far."""

    def __init__(self, port: int) -> None:
        self.socket = dial(port)
        self._data = b""
        self.socket.sendall(UPGRADE)

    def upgraded(self) -> None:
        """The hub speaks WebSocket from here on."""
        while b"\r\n\r\n" not in self._data:
            self._more()
        head, self._data = self._data.split(b"\r\n\r\n", 1)
        if b" 101 " not in head:
            raise Missing(head.split(b"\r\n")[0].decode())

    def send(self, data: bytes) -> None:
        """One frame of ours."""
        self.socket.sendall(frame(BINARY, data))

    def payload(self) -> bytes:
        """The next frame's bytes."""
        self._need(2)
        start, size = 2, self._data[1]
        if size == 126:
            self._need(4)
            start, size = 4, int.from_bytes(self._data[2:4], "big")
        self._need(start + size)
        found, self._data = self._data[start : start + size], self._data[start + size :]
        return found

    def until(self, sort: type[Frame]) -> Frame:
        """The next frame of this sort."""
        while True:
            found = decode_frame(self.payload())
            if isinstance(found, sort):
                return found
            if isinstance(found, Bye):
                raise Missing(f"the hub said {found.code}")

    def _need(self, size: int) -> None:
        while len(self._data) < size:
            self._more()

    def _more(self) -> None:
        part = self.socket.recv(65_536)
        if not part:
            raise Missing("the hub hung up")
        self._data += part


class Member:
    """One account with one device."""

    def __init__(self, hub: HubId, number: int) -> None:
        self.hub = hub
        self.handle = f"member{number}"
        self.signer = Ed25519Signer(sha256(f"bench {number}".encode()).digest())
        self.genesis = chain.genesis(self.signer, hub, 0)
        key = self.signer.public_key
        self.author = Author(account_id(self.genesis[0]), device_id(key), key)
        self.replica = ReplicaId(sha256(self.handle.encode()).digest()[:8])
        self.pushed = 0

    def greeting(self, invite: bytes | None) -> ClientConnection:
        """A login, or a join with an invite's secret."""
        join = None if invite is None else JoinRequest(invite, *self.genesis, self.handle)
        return ClientConnection(
            hub_expected=self.hub,
            signer=self.signer,
            account=self.author.account if join is None else None,
            join=join,
            replica=self.replica,
            epoch=None,
            digest=None,
            nonce=secrets.token_bytes(32),
            client_name="bench",
            certificate=None,
            loopback=True,
            verifier=Ed25519Verifier(),
            now_ms=0,
        )

    def push(self, stream: StreamId, said: str) -> bytes:
        """The next message, signed, as the WebSocket frame that carries it."""
        event, _ = self.pushed_event(stream, Post(said))
        return frame(BINARY, encode_frame(Push((event,))))

    def pushed_event(self, stream: StreamId, said: Body) -> tuple[Pushed, TargetId]:
        """The next event, signed, as a frame carries it; and what others call it."""
        self.pushed += 1
        kind, body = STANDARD.encode(said)
        event, event_id = compose(
            self.hub,
            stream,
            self.author,
            self.signer,
            kind,
            body,
            self.pushed,
            0,
            head8(EMPTY_HEAD),
            int(time.time()),
            secrets.token_bytes(16),
        )
        return Pushed(self.pushed, stream, event), target_of(event_id)


class Hub:
    """A hub with so many members; `general` is the channel all are in."""

    name = "hobnob"
    protocol = "hobnob"
    version = __version__

    def __init__(
        self, directory: Path, core: int, members: int, caps: Mapping[str, str], first: int = 0
    ) -> None:
        self._directory = DataDir(directory / "hub")
        self._core = core
        self._caps = caps
        self._process = self._start()
        self.members = self.join(members, first)
        self.general = self._general()

    def join(self, members: int, first: int) -> list[Member]:
        """So many more, the first of this number."""
        invite = self.invite(members)
        joined = [Member(invite.hub, first + number) for number in range(members)]
        for line in self._logins(joined, invite.invite):
            line.socket.close()
        return joined

    def _start(self) -> "subprocess.Popen[bytes]":
        caps = [part for key, value in self._caps.items() for part in (f"--{key}", value)]
        process = spawn(
            (
                *(sys.executable, "-m", "hobnob_server", "run", "--log-level", "error"),
                *("--data", str(self._directory.path), "--listen", "127.0.0.1:0", *caps),
            ),
            self._core,
            subprocess.PIPE,
        )
        assert process.stdout is not None
        ends = time.monotonic() + START_SECONDS
        said = ""
        while time.monotonic() < ends:
            line = process.stdout.readline().decode()
            said += line
            found = re.match(r"listen: .*:(\d+)$", line.strip())
            if found is not None:
                self.port = int(found.group(1))
                return process
            if not line:
                break
        raise Missing(f"it did not start: {said}")

    def invite(self, uses: int = 1) -> InviteLink:
        """A link that lets so many in."""
        answer = ask(self._directory.control, "invite", {"uses": uses, "hours": 1})
        assert isinstance(answer, dict)
        return parse(str(answer["link"]))

    def restart(self) -> None:
        """The same members, another process: nothing of their joining is in its memory."""
        self.stop()
        self._process = self._start()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    @property
    def control(self) -> Path:
        """Where its operator speaks to it."""
        return self._directory.control

    def stop(self) -> None:
        """End it."""
        end(self._process)
        if self._process.stdout is not None:
            self._process.stdout.close()

    # Logging in.

    def connections(self, count: int) -> list[socket.socket]:
        """So many members who follow the channel from where it stands."""
        return [line.socket for line in self.lines(self.members[:count])]

    def lines(self, members: Sequence[Member], *, follow: bool = True) -> list[Line]:
        """The same with what was read too far; who does not follow hears of no message."""
        lines = self._logins(members, None)
        if not follow:
            return lines
        for line in lines:
            self._follow(line)
        for line in lines:
            line.until(Opened)
        return lines

    def _logins(self, members: Sequence[Member], invite: bytes | None) -> list[Line]:
        """Some at a time, each step for all of them, so that the hub commits them together."""
        done: list[Line] = []
        for start in range(0, len(members), AT_ONCE):
            some = members[start : start + AT_ONCE]
            lines = [Line(self.port) for _ in some]
            logins = [member.greeting(invite) for member in some]
            for line in lines:
                line.upgraded()
            self._say(lines, logins)
            for line, login in zip(lines, logins, strict=True):
                login.receive(line.payload(), 0)
            self._say(lines, logins)
            for line in lines:
                line.until(Welcome)
            done.extend(lines)
        return done

    @staticmethod
    def _say(lines: Sequence[Line], logins: Sequence[ClientConnection]) -> None:
        for line, login in zip(lines, logins, strict=True):
            for data in login.to_send():
                line.send(data)

    def _general(self) -> StreamId:
        [line] = self._logins(self.members[:1], None)
        found = _granted(line, lambda grant: grant.stream[:2] == b"c:")
        line.socket.close()
        return found.stream

    def _follow(self, line: Line) -> None:
        """From where it stands now: nothing of its history is asked for."""
        grant = _granted(line, lambda grant: grant.stream == self.general)
        wish = OpenStream(grant.stream, grant.grant, grant.head_seq, grant.head8, 0)
        line.send(encode_frame(Open((wish,))))

    # Messages.

    def messages(self, count: int) -> list[Record]:
        """The first member's."""
        return self.messages_of(1, count)

    def messages_of(self, members: int, count: int) -> list[Record]:
        """In turn, of the first so many members."""
        return [
            (
                number % members,
                self.members[number % members].push(self.general, text(number)),
            )
            for number in range(count)
        ]


def _granted(line: Line, wanted: Callable[[Grant], bool]) -> Grant:
    """The entry of the announcement that is wanted; the announcement is read to its end."""
    entries: list[Grant] = []
    more = True
    while more:
        told = line.until(Grants)
        assert isinstance(told, Grants)
        entries.extend(told.entries)
        more = told.more
    return next(grant for grant in entries if wanted(grant))
