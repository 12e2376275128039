"""The peers: the floor, two IRC servers and NATS. None of them keeps what it relays.

They run with their own defaults but for what would keep a load out: flood control, connection
limits, name look-ups.
"""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.load import Record
from tests.benchmarks.process import end, spawn
from tests.benchmarks.server import Missing, dial, free_port, listening, text

_INSPIRCD = """
<config format="xml">
<server name="bench.example" description="bench" id="1AA" network="bench">
<admin name="bench" nick="bench" email="bench@bench.example">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect name="all" allow="*" timeout="60" pingfreq="3600" softsendq="64M" hardsendq="64M"
    recvq="1M" threshold="1000000" commandrate="1000000000" fakelag="no" localmax="100000"
    globalmax="100000" limit="100000" maxchans="10" resolvehostnames="no" maxconnwarn="no">
<performance somaxconn="1024" softlimit="100000" quietbursts="yes">
<options defaultmodes="n">
<pid file="{directory}/inspircd.pid">
"""
_NGIRCD = """
[Global]
Name = bench.example
Info = bench
AdminEMail = bench@bench.example
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = bench
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxPenaltyTime = 0
PingTimeout = 3600
PongTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
"""


class Peer:
    """One peer's process."""

    def __init__(
        self,
        name: str,
        protocol: str,
        version: str,
        command: Callable[[int], Sequence[str]],
        directory: Path,
        core: int,
    ) -> None:
        self.name = name
        self.protocol = protocol
        self.version = version
        self._port = free_port()
        log = directory / f"{name}.log"
        with log.open("wb") as out:
            self._process = spawn(command(self._port), core, out)
        try:
            listening(self._process, self._port, log)
        except Missing:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def connections(self, count: int) -> list[socket.socket]:
        """Logged in, and all in one channel."""
        opened = [dial(self._port) for _ in range(count)]
        _LOGINS[self.protocol](opened)
        return opened

    def messages(self, count: int) -> list[Record]:
        """The same text in each peer's own words."""
        shape = _SHAPES[self.protocol]
        return [(0, shape(text(number))) for number in range(count)]

    def stop(self) -> None:
        """End it."""
        end(self._process)


def floor(program: Path, directory: Path, core: int) -> Peer:
    """The C relay."""
    return Peer(
        "C relay", "lines", "one write(2) a delivery", lambda port: (str(program), str(port)),
        directory, core,
    )  # fmt: skip


def inspircd(directory: Path, core: int) -> Peer:
    """InspIRCd, a Debian package."""
    found = _program("inspircd")
    config = directory / "inspircd.conf"

    def command(port: int) -> Sequence[str]:
        config.write_text(_INSPIRCD.format(port=port, directory=directory))
        return (found, "--config", str(config), "--nofork", "--runasroot", "--nopid", "--nolog")

    return Peer("inspircd", "irc", _version(found, "--version"), command, directory, core)


def ngircd(directory: Path, core: int) -> Peer:
    """ngIRCd, a Debian package."""
    found = _program("ngircd")
    config = directory / "ngircd.conf"

    def command(port: int) -> Sequence[str]:
        config.write_text(_NGIRCD.format(port=port))
        # It gives up root and must still find its configuration.
        directory.chmod(0o755)
        config.chmod(0o644)
        return (found, "--nodaemon", "--config", str(config))

    return Peer("ngircd", "irc", _version(found, "--version"), command, directory, core)


def nats(directory: Path, core: int) -> Peer:
    """nats-server, from a wheel."""
    beside = Path(sys.executable).parent / "nats-server"
    found = str(beside) if beside.exists() else _program("nats-server")
    return Peer(
        "nats-server", "nats", _version(found, "--version"),
        lambda port: (found, "--addr", "127.0.0.1", "--port", str(port)),
        directory, core,
    )  # fmt: skip


def _program(name: str) -> str:
    # Debian puts servers where only root's path looks.
    found = shutil.which(name, path="/usr/local/bin:/usr/bin:/usr/sbin:/sbin")
    if found is None:
        raise Missing("not installed")
    return found


def _version(program: str, flag: str) -> str:
    told = subprocess.run((program, flag), capture_output=True, text=True, timeout=20, check=False)
    found = re.search(r"\d+(\.\d+)+", told.stdout + told.stderr)
    return found.group() if found else "of an unknown version"


# What each is told at first, and what it answers once it is ready.


def _lines_login(opened: Sequence[socket.socket]) -> None:
    _await(opened, b"welcome\n")


def _irc_login(opened: Sequence[socket.socket]) -> None:
    for number, stream in enumerate(opened):
        stream.sendall(f"NICK b{number}\r\nUSER b 0 * :b\r\n".encode())
    _await(opened, b" 422 ", b" 376 ")
    for stream in opened:
        stream.sendall(b"JOIN #bench\r\n")
    _await(opened, b" 366 ")
    # Everybody has heard of all who came later; that is no message.
    opened[0].sendall(b"PRIVMSG #bench :hello\r\n")
    _await(opened[1:], b":hello\r\n")


def _nats_login(opened: Sequence[socket.socket]) -> None:
    for number, stream in enumerate(opened):
        stream.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')
        stream.sendall(b"SUB bench 1\r\nPING\r\n" if number else b"PING\r\n")
        _await([stream], b"PONG\r\n")


def _await(opened: Sequence[socket.socket], *words: bytes) -> None:
    """Read each connection until it has said one of these words."""
    for stream in opened:
        data = b""
        while not any(word in data for word in words):
            part = stream.recv(65_536)
            if not part:
                raise Missing(f"it hangs up: {data[-200:]!r}")
            data += part


_LOGINS: dict[str, Callable[[Sequence[socket.socket]], None]] = {
    "lines": _lines_login,
    "irc": _irc_login,
    "nats": _nats_login,
}
_SHAPES: dict[str, Callable[[str], bytes]] = {
    "lines": lambda said: f"{said}\n".encode(),
    "irc": lambda said: f"PRIVMSG #bench :{said}\r\n".encode(),
    "nats": lambda said: f"PUB bench {len(said)}\r\n{said}\r\n".encode(),
}
