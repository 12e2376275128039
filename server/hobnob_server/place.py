"""Where a hub listens: an address with a port, or a Unix socket."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from hobnob_protocol.invite_link import PORT, PORT_MAX

UNIX_PREFIX: Final = "unix:"
_TCP: Final = re.compile(r"(?P<host>\[[^\]]+\]|[^:\[\]]+)(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class TcpPlace:
    """`port` 0 lets the system choose one."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Can only this machine come here?"""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class UnixPlace:
    """A socket in the file system, for this user alone."""

    path: str

    def __str__(self) -> str:
        return UNIX_PREFIX + self.path

    @property
    def is_local(self) -> bool:
        """Always."""
        return True


Place: TypeAlias = TcpPlace | UnixPlace


def parse_place(text: str) -> Place:
    """`HOST:PORT`, `HOST`, `[IPV6]:PORT` or `unix:PATH`; ValueError for anything else."""
    if text.startswith(UNIX_PREFIX):
        path = text[len(UNIX_PREFIX) :]
        if not path:
            raise ValueError("unix: needs a path")
        return UnixPlace(path)
    found = _TCP.fullmatch(text)
    if found is None:
        raise ValueError("this is no HOST:PORT and no unix:PATH")
    port = int(found["port"]) if found["port"] is not None else PORT
    if port > PORT_MAX:
        raise ValueError(f"a port is at most {PORT_MAX}")
    return TcpPlace(found["host"].strip("[]"), port)
