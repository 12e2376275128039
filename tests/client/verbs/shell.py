"""A shell for tests: verbs run as `hobnob` runs them, beside a small hub in a thread of its own."""

import asyncio
import io
import json
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from hobnob_client import keyring
from hobnob_client.cli import serve
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile, default_profile
from hobnob_protocol.ids import AccountId, StreamId, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.personal import Block
from tests.client.member import WAIT_SECONDS
from tests.client.small_hub import SmallHub

T = TypeVar("T")
NOWHERE = Path("/dev/null/terminal")
"""Where no terminal is."""
PROFILE = ".local/share/hobnob/default"


class Typed(io.StringIO):
    """What a person at a terminal types, or a pipe hands in."""

    def __init__(self, text: str, terminal: bool) -> None:
        super().__init__(text)
        self._terminal = terminal

    def isatty(self) -> bool:
        """Is it a person?"""
        return self._terminal


@dataclass(frozen=True, slots=True)
class Said:
    """What a verb has said, and how it ended."""

    code: int
    out: str
    talk: str

    @property
    def lines(self) -> list[str]:
        """The lines of its data."""
        return self.out.splitlines()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records of its data, with `--json`."""
        return [json.loads(line) for line in self.lines]


class HubThread:
    """A small hub that runs while tests block."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.hub = self.do(self._made)
        self.do(self.hub.start)

    async def _made(self) -> SmallHub:
        return SmallHub()

    def do(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run this beside the hub."""
        return self.begin(work).result(WAIT_SECONDS)

    def begin(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """The same, without waiting for it."""
        return asyncio.run_coroutine_threadsafe(work(), self._loop)

    def link(self, owner: bool = False) -> str:
        """An invite link."""

        async def made() -> str:
            return str(self.hub.link(owner))

        return self.do(made)

    def stop(self) -> None:
        """The hub is down."""
        self.do(self.hub.stop)

    def start(self) -> None:
        """The hub is back."""
        self.do(self.hub.start)

    def close(self) -> None:
        """End the thread, and whoever is still there."""
        self.stop()
        self.do(_end)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_SECONDS)
        self._loop.close()


async def _end() -> None:
    """What is left pending would be told of by whichever test runs when it is found."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


@dataclass(frozen=True, slots=True)
class Shell:
    """Somebody's shell: their home directory."""

    home: Path

    def hobnob(
        self,
        *words: str,
        given: str = "",
        terminal: bool = False,
        typing: Path = NOWHERE,
        agent: Path | None = None,
    ) -> Said:
        """Say `hobnob WORDS`, with this on standard input, secrets typed at `typing`, beside the
        SSH agent `agent`."""
        out, talk = io.StringIO(), io.StringIO()
        environ = {} if agent is None else {"SSH_AUTH_SOCK": str(agent)}
        code = serve(words, environ, self.home, Typed(given, terminal), out, talk, typing)
        return Said(code, out.getvalue(), talk.getvalue())

    def done(self, *words: str, given: str = "") -> Said:
        """The same for what must work."""
        said = self.hobnob(*words, given=given)
        assert said.code == 0, said
        return said


def compose(shell: Shell, stream: Callable[[AccountId], StreamId], body: Body) -> None:
    """Say something that no verb says, in a stream of whoever sits at this shell."""
    profile = default_profile({}, shell.home)

    async def composed() -> None:
        async with Engine(profile, keyring.load(profile), connect=False) as engine:
            await engine.compose(stream(engine.reader.me), body)

    asyncio.run(composed())


def block(shell: Shell, account: AccountId, *, on: bool = True) -> None:
    """Somebody is blocked, or heard again."""
    compose(shell, user_stream, Block(account, on))


def rewrite_held(shell: Shell, stream: bytes, *, lo: int = 0, hi: int | None = None) -> None:
    """Of a stream only the events from `lo` to `hi` are held any more, `hi` 0 for none: as of a
    replica that is built anew and has come so far. What is unread stays as the hub announced it,
    all of it."""
    path = Profile(shell.home / PROFILE).replica
    with sqlite3.connect(path, isolation_level=None) as database:
        run = database.execute
        run("BEGIN IMMEDIATE")
        ((first, last),) = run("SELECT lo, hi FROM stream WHERE stream = ?", (stream,))
        low, high = max(lo, first), last if hi is None else hi
        run("DELETE FROM log WHERE stream = ? AND NOT seq BETWEEN ? AND ?", (stream, low, high))
        if hi == 0:
            run("DELETE FROM stream WHERE stream = ?", (stream,))
        else:
            held = (low, high, last, last, stream)
            run("UPDATE stream SET lo = ?, hi = ?, head_seq = ?, unread = ? WHERE stream = ?", held)
        run("COMMIT")
    database.close()
