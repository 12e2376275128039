"""The members on stage in a demo: they answer your first post on a subject, ask back, and thank;
who of them can help with something agrees to be proposed to you.

They are real members of the demo's hub, called `demo-…` so that nobody takes them for people, and
they wait while you type. Run in a process of its own: `python -m hobnob.demo.crew`.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hobnob.bot.commands import call_in
from hobnob.demo.confidant import confide
from hobnob.demo.kindness import Helping, be_kind
from hobnob.demo.librarian import HANDLE, PREFIX_OF_COMMANDS
from hobnob.demo.said import said_of
from hobnob.demo.stage import Aside, Line, Stage, Subject
from hobnob.demo.world import load
from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol import invite_link
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, TargetId
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import ProfileField
from hobnob_sync.views.message import Message

PREFIX: Final = "demo-"
READY: Final = "ready"
"""Printed once they hear what is said."""
QUIET_SECONDS: Final = 3.0
"""So long after your last key they go on."""
LOOK_SECONDS: Final = 0.5
LOOKED_AT_EVENTS: Final = 20
NOTHING_SAID: Final[Mapping[str, Sequence[ProfileField]]] = MappingProxyType({})


Vouch = Callable[[str, str], Awaitable[object]]
"""Has the hub say that a member, by handle, is who wrote in the world under a name."""


class Crew:
    """Listens as one of them, and lets each speak in turn. The `helpers`, by name, come by
    themselves, each after the other, once `vouch` can say who they are; `said` is what they say of
    themselves, by name."""

    def __init__(
        self,
        stage: Stage,
        link: InviteLink,
        folder: Path,
        typing: Callable[[], bool],
        helpers: Sequence[str] = (),
        vouch: Vouch | None = None,
        helpings: Sequence[Helping] = (),
        said: Mapping[str, Sequence[ProfileField]] = NOTHING_SAID,
    ) -> None:
        self._helpings = helpings
        self._said = said
        self._helpers = helpers
        self._vouch = vouch
        self._stage = stage
        self._link = link
        self._folder = folder
        self._typing = typing
        self._members: dict[str, Engine] = {}
        self._told: dict[str, None] = {}
        self._lines = asyncio.TaskGroup()
        self._joining = asyncio.Lock()
        self._stack = AsyncExitStack()

    async def perform(self, you: AccountId, ready: Callable[[], None]) -> None:
        """Hear what you post, for as long as the demo runs; `ready` is called from when on."""
        # A line that fails is no secret: it ends the evening.
        async with self._stack, self._lines:
            listener = await self._member(self._stage.members[0])
            watch = listener.watch()
            seen = {
                line.stream: _head(listener, line.stream) for line in listener.reader.channels()
            }
            ready()
            if self._stage.aside is not None:
                self._lines.create_task(self._confide(self._stage.aside, you))
            if self._vouch is not None:
                self._lines.create_task(self._volunteer(self._vouch))
            self._lines.create_task(self._be_kind())
            while True:
                for stream in (await watch.next()).streams:
                    if stream[:2] != b"c:":
                        continue
                    since = seen.get(stream, 0)
                    page = listener.reader.after(stream, since, LOOKED_AT_EVENTS)
                    seen[stream] = max(since, page.last_seq)
                    for message in page.messages:
                        if message.account == you and not is_for_the_bot(message.text):
                            self._react(stream, message)

    def _react(self, stream: StreamId, message: Message) -> None:
        """Somebody says something, once a subject."""
        subject = self._stage.subject_of(message.text)
        name = subject.name if subject is not None else ""
        if name in self._told:
            return
        self._told[name] = None
        root = message.thread or message.target
        for line in self._lines_of(subject):
            self._lines.create_task(self._say(line, stream, root))

    def _lines_of(self, subject: Subject | None) -> tuple[Line, ...]:
        if subject is None:
            return self._stage.fallbacks[:1]
        return (subject.answer, subject.question, subject.thanks)

    async def _say(self, line: Line, stream: StreamId, root: TargetId) -> None:
        member = await self._member(line.by)
        await asyncio.sleep(line.after_seconds)
        await self._quiet()
        await member.compose(stream, Post(line.text, root))

    async def _volunteer(self, vouch: Vouch) -> None:
        """Agree to be proposed, by what one has written in the world; who is not needed on stage
        goes again, for a hub has room for so many of one address."""
        for name in self._helpers:
            async with self._joining:
                known = self._members.get(name)
                if known is not None:
                    await self._agree(known, name)
                else:
                    async with Engine(*self._device(name)) as engine:
                        await engine.until(lambda progress: progress.usable)
                        await self._agree(engine, name)
                        await engine.until(lambda progress: progress.settled)
            await vouch(PREFIX + name, name)

    async def _be_kind(self) -> None:
        """Help each other; on a machine that is too slow for it, less of it."""
        with suppress(TimeoutError):
            await be_kind(self._helpings, self._member)

    async def _agree(self, engine: Engine, name: str) -> None:
        for body in (*self._said.get(name, ()), Consent("matching")):
            await engine.compose(PEOPLE, body)

    async def _confide(self, aside: Aside, you: AccountId) -> None:
        await confide(await self._member(aside.by), aside, you, self._quiet)

    async def _quiet(self) -> None:
        """Wait until you do not type. Nothing tells of a key that was not pressed: one can only
        look again."""
        typing = True
        while typing:
            await asyncio.sleep(LOOK_SECONDS)
            typing = self._typing()

    async def _member(self, name: str) -> Engine:
        """The member of this name, joined when first needed; two may need them at once."""
        async with self._joining:
            return await self._joined(name)

    async def _joined(self, name: str) -> Engine:
        found_already = self._members.get(name)
        if found_already is not None:
            return found_already
        engine = await self._stack.enter_async_context(Engine(*self._device(name)))
        self._members[name] = engine
        await engine.until(lambda progress: progress.usable)
        await _join_all(engine)
        return engine

    def _device(self, name: str) -> tuple[Profile, DeviceFile]:
        """By which a member speaks, made when they first come."""
        profile = Profile(self._folder / name)
        if profile.key.exists():
            return profile, keyring.load(profile)
        device = found(self._link, PREFIX + name, int(time.time()))
        keyring.save(profile, device)
        return profile, device


async def _join_all(engine: Engine) -> None:
    """Be in every channel: what you say is answered also where nobody is put into."""
    reader = engine.reader
    others = [line.stream for line in reader.channels(counted=False) if not line.joined]
    for stream in others:
        await engine.compose(stream, Join())
    await engine.until(lambda progress: progress.settled and all(map(reader.held, others)))


def is_for_the_bot(text: str) -> bool:
    """Is this said to the librarian, who answers it alone?"""
    return call_in(text, PREFIX_OF_COMMANDS, HANDLE) is not None


def _head(engine: Engine, stream: StreamId) -> int:
    held = engine.reader.held(stream)
    return 0 if held is None else held.hi


def types(replica: Path) -> Callable[[], bool]:
    """Are you writing? What you begin is in your replica within a second of each key."""

    def typing() -> bool:
        if not replica.exists():
            return False
        store = SqliteReplicaStore.open_to_read(str(replica))
        try:
            edited = PrivateTable(store.sql).edited()
        finally:
            store.close()
        return any(time.time() - row.edited_ms / 1_000 < QUIET_SECONDS for row in edited)

    return typing


def vouching(hub: Path) -> Vouch:
    """By the operator of a hub that runs here."""

    def vouch(handle: str, name: str) -> Awaitable[object]:
        from hobnob_server.control.client import ask
        from hobnob_server.datadir import DataDir

        given = {"handle": handle, "imported": name, "reason": "the same member of the demo"}
        return asyncio.to_thread(ask, DataDir(hub).control, "claim", given)

    return vouch


def main() -> int:
    """The command; the invite comes by standard input, for it lets somebody in."""
    parser = argparse.ArgumentParser(prog="python -m hobnob.demo.crew")
    parser.add_argument("--folder", type=Path, required=True, help="for their profiles")
    parser.add_argument("--you", required=True, help="your account, in hexadecimal")
    parser.add_argument("--replica", type=Path, required=True, help="what you have")
    parser.add_argument("--hub", type=Path, help="the hub's directory, where it is of this world")
    asked = parser.parse_args()
    link = invite_link.parse(sys.stdin.readline().strip())
    world = load()
    vouch = None if asked.hub is None else vouching(asked.hub)
    helpings = () if asked.hub is None else world.helpings
    typing = types(asked.replica)
    now = datetime.now(UTC)
    said = {member.handle: said_of(member, now) for member in world.members}
    helpers = world.helpers()
    crew = Crew(world.stage, link, asked.folder, typing, helpers, vouch, helpings, said)
    try:
        you = AccountId(bytes.fromhex(asked.you))
        asyncio.run(crew.perform(you, lambda: print(READY, flush=True)))
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
