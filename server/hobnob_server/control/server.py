"""The control socket of a running hub: a verb comes, its answer goes."""

import asyncio
import os
from contextlib import suppress
from typing import Final, cast

from hobnob_protocol.errors import HobnobError
from hobnob_server.app import App
from hobnob_server.control import address, wire
from hobnob_server.control.operator import Operator
from hobnob_server.control.table import VERBS
from hobnob_server.control.verb import Arguments
from hobnob_server.datadir import OTHERS
from hobnob_server.errors import ConfigError, RequestRefused
from hobnob_server.limits import CONTROL_LINE_BYTES_MAX, CONTROL_SECONDS


class ControlServer:
    """Answers on DIR/control.sock, which only the hub's user can open."""

    def __init__(self, app: App) -> None:
        self._operator: Final = Operator(app)
        self._path: Final = app.directory.control
        self._log: Final = app.log
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begin to answer. The directory is held, so a socket that is there is a dead hub's."""
        # The socket is made by bind, under the mask: there is no moment in which it is open.
        before = os.umask(OTHERS | 0o100)
        try:
            with address.short(self._path) as name:
                self._server = await asyncio.start_unix_server(
                    self._serve, name, limit=CONTROL_LINE_BYTES_MAX
                )
        except OSError as broken:
            raise ConfigError(f"cannot open {self._path}: {broken.strerror or broken}") from broken
        finally:
            os.umask(before)

    async def close(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.close()
            with suppress(FileNotFoundError):
                self._unlink()

    def _unlink(self) -> None:
        self._path.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(CONTROL_SECONDS):
                line = await reader.readline()
                writer.write(wire.encode(await self._answer(line)))
                await writer.drain()
        except (OSError, ValueError, TimeoutError) as broken:
            # ValueError: a line beyond the bound.
            self._log.warning("control.broken", error=type(broken).__name__)
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, object]:
        try:
            request = wire.decode(line)
            verb = VERBS.get(str(request.get("verb")))
            given = request.get("arguments")
            if verb is None or not isinstance(given, dict):
                raise RequestRefused("a running hub knows no such verb: is it another version?")
            answer = await verb.handler(self._operator, Arguments(cast("dict[str, object]", given)))
        except HobnobError as refused:
            return {"ok": False, "why": str(refused)}
        self._log.info("control", verb=verb.name)
        return {"ok": True, "answer": answer}
