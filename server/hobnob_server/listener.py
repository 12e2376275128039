"""Where clients come in: one WebSocket server on one place."""

import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from websockets.asyncio.server import Server, ServerConnection, serve

from hobnob_protocol.limits import PREAUTH_FRAME_BYTES_MAX
from hobnob_server.datadir import PRIVATE_FILE
from hobnob_server.errors import ConfigError
from hobnob_server.gate import Gate
from hobnob_server.guard import Guard, Listening, admit
from hobnob_server.limits import CLOSE_SECONDS, LISTEN_BACKLOG, OPEN_SECONDS
from hobnob_server.logs import Log, relay_library
from hobnob_server.place import Place, TcpPlace, UnixPlace
from hobnob_server.settings import Config
from hobnob_server.tls import Certificates


class Listener:
    """Accepts connections and gives each one a session; `new_session` makes it."""

    def __init__(
        self,
        config: Config,
        gate: Gate,
        certificates: Certificates,
        log: Log,
        new_session: Callable[[Guard], Listening],
    ) -> None:
        self._config: Final = config
        self._gate: Final = gate
        self._certificates: Final = certificates
        self._log: Final = log
        self._new_session: Final = new_session
        self._server: Server | None = None

    async def open(self, place: Place) -> Place:
        """Listen; the place as it really is, with the port the system chose."""
        try:
            self._server = await self._serve(place)
        except OSError as broken:
            raise ConfigError(f"cannot listen on {place}: {broken.strerror or broken}") from broken
        if isinstance(place, UnixPlace):
            _make_private(place.path)
            return place
        return TcpPlace(place.host, self._server.sockets[0].getsockname()[1])

    def _serve(self, place: Place) -> Server:
        config = self._config
        limits = (config.frames_per_second, config.frames_burst)
        guard = partial(Guard, self._gate, *limits, self._new_session)
        options: dict[str, Any] = {
            # A page of another origin may not use a browser's way to a local hub.
            "origins": [None],
            "compression": None,
            "process_request": admit,
            "server_header": None,
            "open_timeout": OPEN_SECONDS,
            "close_timeout": CLOSE_SECONDS,
            # Heartbeats are frames of ours.
            "ping_interval": None,
            "max_size": PREAUTH_FRAME_BYTES_MAX,
            "logger": relay_library("websockets.server", self._log),
            # The library's type asks for a class; it only calls it.
            "create_connection": cast("type[ServerConnection]", guard),
            "ssl": self._certificates.context,
            "backlog": LISTEN_BACKLOG,
        }
        if isinstance(place, UnixPlace):
            return serve(self._handle, unix=True, path=place.path, **options)
        return serve(self._handle, place.host, place.port, family=_family(place), **options)

    async def _handle(self, connection: ServerConnection) -> None:
        """A WebSocket is open: its session lives until either side ends it."""
        assert isinstance(connection, Guard)
        await connection.session().finished

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        """What it listens on."""
        return tuple(self._server.sockets) if self._server is not None else ()

    def close(self) -> None:
        """Accept nobody more; who is there stays."""
        if self._server is not None:
            self._server.close(close_connections=False)

    async def wait_closed(self) -> None:
        """Until everybody is gone."""
        if self._server is not None:
            await self._server.wait_closed()


def _make_private(path: str) -> None:
    """For this user alone."""
    Path(path).chmod(PRIVATE_FILE)


def _family(place: TcpPlace) -> socket.AddressFamily:
    """`localhost` is one place, not one of each family, where port 0 gives two ports."""
    return socket.AF_INET6 if ":" in place.host else socket.AF_INET
