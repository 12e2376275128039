"""Asking a running hub from another process."""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from hobnob_server.control import address, wire
from hobnob_server.errors import RequestRefused, Unreachable
from hobnob_server.limits import CONTROL_SECONDS
from hobnob_server.printing import Answer

_CHUNK_BYTES = 65_536


def ask(path: Path, verb: str, arguments: Mapping[str, object]) -> Answer:
    """A verb's answer; Unreachable where no hub listens, RequestRefused where it says no."""
    line = wire.encode({"verb": verb, "arguments": dict(arguments)})
    try:
        with (
            address.short(path) as name,
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream,
        ):
            stream.settimeout(CONTROL_SECONDS)
            stream.connect(name)
            stream.sendall(line)
            answer = _read(stream)
    except OSError as broken:
        raise Unreachable(
            f"no hub runs in {path.parent}: start it with `hobnob hub run --data {path.parent}`"
        ) from broken
    told = wire.decode(answer)
    if told.get("ok") is not True:
        raise RequestRefused(str(told.get("why")))
    # The hub is ours: what it answers is what its verbs return.
    return cast("Answer", told.get("answer"))


def _read(stream: socket.socket) -> bytes:
    parts: list[bytes] = []
    while part := stream.recv(_CHUNK_BYTES):
        parts.append(part)
    return b"".join(parts)
