"""Who is here and who writes, between two members on real sockets."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from hobnob_client.conversing import first_event
from hobnob_client.engine import Engine
from hobnob_client.presence import Where
from hobnob_client.progress import LinkState
from hobnob_protocol.ids import StreamId, user_stream
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import Block
from hobnob_protocol.presence_frames import Here, Typing, Who
from tests.client.member import WAIT_SECONDS, general, join_general, linked, newcomer, settled
from tests.client.small_hub import SmallHub
from tests.stories.waiting import until

PRESENCE = (Here, Typing, Who)
"""What a client sends of it."""


async def tells(engine: Engine, holds: Callable[[], object]) -> None:
    """Wait until that is so; whatever changes it is told as news."""
    watch = engine.watch()
    async with asyncio.timeout(WAIT_SECONDS):
        while not holds():
            await watch.next()


@asynccontextmanager
async def two(path: Path) -> AsyncGenerator[tuple[SmallHub, Engine, Engine]]:
    """A hub with alice and bob, who are on line."""
    async with (
        SmallHub() as hub,
        newcomer(hub, path, "alice").engine() as alice,
        newcomer(hub, path, "bob").engine() as bob,
    ):
        yield hub, alice, bob


async def both(hub: SmallHub, *engines: Engine, typing: Where = Where.EVERYWHERE) -> None:
    """They take part in all of it, are there, and the hub knows."""
    for engine in engines:
        await engine.presence.wish(shown=True, typing=typing)
        await join_general(engine)
    # Whoever was linked before they chose is settled before the hub has heard of it.
    await until(lambda: sum(isinstance(each, Here) for each in hub.received) == len(engines))


async def talk_of(one: Engine, other: Engine) -> StreamId:
    """The conversation that one has begun with another, who knows of it."""
    account = other.device.account
    await tells(one, lambda: one.reader.handle(account))
    line = one.reader.between(account)
    first = first_event(one.reader, line)
    assert first is not None
    await one.compose(line.stream, first)
    await one.compose(line.stream, Post("hello"))
    await settled(one)
    await tells(other, lambda: line.stream in other.reader.streams())
    return line.stream


def test_who_writes_is_seen_until_it_is_said(tmp_path: Path) -> None:
    """The message takes its place; nothing of it is in either replica."""

    async def story() -> None:
        async with two(tmp_path) as (hub, alice, bob):
            await both(hub, alice, bob)
            stream, writer = general(alice), (alice.device.account,)
            await alice.presence.type(stream)
            await tells(bob, lambda: bob.presence.writing(stream) == writer)
            assert alice.presence.writing(stream) == ()
            await alice.compose(stream, Post("there"))
            await tells(bob, lambda: not bob.presence.writing(stream))

    asyncio.run(story())


def test_who_is_here_is_told_to_whoever_looks(tmp_path: Path) -> None:
    """As of the last answer, as long as there is a hub."""

    async def story() -> None:
        async with two(tmp_path) as (hub, alice, bob):
            await both(hub, alice, bob)
            stream = general(alice)
            assert alice.presence.present(stream) is None
            await alice.presence.ask(stream)
            await tells(alice, lambda: alice.presence.present(stream))
            assert alice.presence.is_here(bob.device.account)
            assert not alice.presence.is_here(alice.device.account)
            await hub.stop()
            await linked(alice, LinkState.WAITING)
            assert alice.presence.present(stream) is None
            assert not alice.presence.is_here(bob.device.account)

    asyncio.run(story())


def test_off_is_off(tmp_path: Path) -> None:
    """Whoever has not chosen it sends nothing of it, whatever they do and others do."""

    async def story() -> None:
        async with two(tmp_path) as (hub, alice, bob):
            for each in (alice, bob):
                await join_general(each)
            stream = general(alice)
            for each in (alice, bob):
                await each.presence.type(stream)
                await each.presence.ask(stream)
                await each.presence.wish(shown=False, typing=Where.OFF)
            await alice.compose(stream, Post("said"))
            await settled(alice)
            await hub.stop()
            await linked(alice, LinkState.WAITING)
            await hub.start()
            alice.reconnect()
            await settled(alice)
            assert hub.received
            assert [frame for frame in hub.received if isinstance(frame, PRESENCE)] == []

    asyncio.run(story())


def test_a_choice_holds_at_once_and_on_the_next_connection(tmp_path: Path) -> None:
    """Taken back, too; whoever reconnects is asked for nothing again."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)

            def heard() -> list[Here]:
                return [frame for frame in hub.received if isinstance(frame, Here)]

            await alice.presence.wish(shown=True, typing=Where.OFF)
            await until(lambda: len(heard()) == 1)
            await hub.stop()
            await linked(alice, LinkState.WAITING)
            await hub.start()
            alice.reconnect()
            await settled(alice)
            await alice.presence.wish(shown=False, typing=Where.OFF)
            await alice.compose(general(alice), Post("said"))
            await settled(alice)
            assert heard() == [Here(True, False), Here(True, False), Here(False, False)]

    asyncio.run(story())


def test_in_private_it_is_told_only_where_that_was_chosen(tmp_path: Path) -> None:
    """The hub learns by it when one writes; and strangers learn nothing."""

    async def story() -> None:
        async with two(tmp_path) as (hub, alice, bob):
            await both(hub, alice, bob, typing=Where.CHANNELS)
            stream = await talk_of(alice, bob)

            def typed() -> list[StreamId]:
                return [frame.stream for frame in hub.received if isinstance(frame, Typing)]

            await alice.presence.type(stream)
            await both(hub, alice, bob, typing=Where.EVERYWHERE)
            # Alice has asked him for it; to him she is a stranger until he answers.
            await bob.presence.type(stream)
            await settled(bob)
            assert typed() == []
            await bob.compose(stream, Post("hello too"))
            await settled(bob)
            await bob.presence.type(stream)
            await tells(alice, lambda: alice.presence.writing(stream) == (bob.device.account,))

    asyncio.run(story())


def test_whom_one_blocks_is_told_nothing_and_not_shown(tmp_path: Path) -> None:
    """In private they hear nothing; in a channel they are not seen."""

    async def story() -> None:
        async with two(tmp_path) as (hub, alice, bob):
            await both(hub, alice, bob)
            stream, him = general(alice), bob.device.account
            talk = await talk_of(alice, bob)
            await alice.compose(user_stream(alice.device.account), Block(him, True))
            await bob.presence.type(stream)
            await tells(alice, lambda: alice.reader.kept().blocked == (him,))
            await alice.presence.ask(stream)
            await tells(alice, lambda: alice.presence.present(stream))
            found = alice.presence.present(stream)
            assert found is not None
            assert found.accounts == alice.presence.writing(stream) == ()
            assert not alice.presence.is_here(him)
            await alice.presence.type(talk)
            await settled(alice)
            typed = [frame.stream for frame in hub.received if isinstance(frame, Typing)]
            assert talk not in typed

    asyncio.run(story())
