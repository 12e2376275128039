"""What is begun here is handed on to the account's other devices when one leaves."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from hobnob_client.engine import Engine
from hobnob_client.progress import LinkState
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.private import Private
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.seal_record_frames import Records, Want
from hobnob_protocol.sealing.draft import Draft
from hobnob_sync.ports import RangeKey
from tests.client.member import WAIT_SECONDS, general, join_general, linked, newcomer
from tests.client.small_hub import SmallHub
from tests.stories.waiting import until

TURNS = 16
"""More than anybody takes who leaves and has nothing to wait for."""
LONG_SECONDS = 10 * WAIT_SECONDS
"""Whoever waits so long makes the test fail."""


@asynccontextmanager
async def unanswered(hub: SmallHub, path: Path) -> AsyncGenerator[Engine]:
    """Alice on line; the hub has not said yet which keys her devices have."""
    hub.withholds = (Records,)
    async with newcomer(hub, path, "alice").engine() as alice:
        await join_general(alice)
        await until(lambda: any(isinstance(frame, Want) for frame in hub.received))
        yield alice


def sealed(hub: SmallHub, alice: Engine) -> int:
    """How much of what is hers alone the hub holds."""
    key = RangeKey(user_stream(alice.device.account), 1, 100, 100 * EVENT_BYTES_MAX)
    entries = hub.store.load((key,)).get(key)
    private = STANDARD.of(Private).number
    return sum(decode_event(entry.event).header.kind == private for entry in entries)


async def leaves(alice: Engine) -> None:
    """She has all the patience there is, and need not have it."""
    async with asyncio.timeout(WAIT_SECONDS):
        await alice.private.share(LONG_SECONDS)


def test_who_leaves_waits_for_the_answer_that_what_was_begun_is_sealed_after(
    tmp_path: Path,
) -> None:
    """Nothing is queued while the hub is asked for the keys, and yet something is under way."""

    async def story() -> None:
        async with SmallHub() as hub, unanswered(hub, tmp_path) as alice:
            await alice.private.draft(Draft(general(alice)), "half a thought")
            leaving = asyncio.create_task(alice.private.share(LONG_SECONDS))
            for _ in range(TURNS):
                # All come in turn: by now whoever waits for nothing has left.
                await alice.notes()
            assert not leaving.done()
            assert sealed(hub, alice) == 0
            await hub.let_go()
            async with asyncio.timeout(WAIT_SECONDS):
                await leaving
            assert sealed(hub, alice) == 1

    asyncio.run(story())


def test_who_has_begun_nothing_leaves_at_once(tmp_path: Path) -> None:
    """Or nothing that can be sealed: it is too long, or was given up again."""

    async def story() -> None:
        async with SmallHub() as hub, unanswered(hub, tmp_path) as alice:
            await leaves(alice)
            await alice.private.draft(Draft(general(alice)), "too long " * 4_000)
            await leaves(alice)
            await alice.private.draft(Draft(general(alice)), "hm")
            await alice.private.draft(Draft(general(alice)), "")
            await leaves(alice)

    asyncio.run(story())


def test_who_is_off_line_leaves_at_once(tmp_path: Path) -> None:
    """What was begun is handed on when one is on line again."""

    async def story() -> None:
        async with SmallHub() as hub, unanswered(hub, tmp_path) as alice:
            await hub.stop()
            await linked(alice, LinkState.WAITING)
            await alice.private.draft(Draft(general(alice)), "half a thought")
            await leaves(alice)

    asyncio.run(story())


def test_a_line_that_breaks_is_waited_for_no_longer(tmp_path: Path) -> None:
    """The answer will not come over it."""

    async def story() -> None:
        async with SmallHub() as hub, unanswered(hub, tmp_path) as alice:
            await alice.private.draft(Draft(general(alice)), "half a thought")
            leaving = asyncio.create_task(leaves(alice))
            for _ in range(TURNS):
                await alice.notes()
            assert not leaving.done()
            await hub.stop()
            await leaving

    asyncio.run(story())


def test_who_has_no_other_device_waits_for_the_log_alone(tmp_path: Path) -> None:
    """It is sealed for those to come, and is there when one has left."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            async with asyncio.timeout(WAIT_SECONDS):
                await alice.until(lambda progress: progress.known)
            await alice.private.draft(Draft(general(alice)), "half a thought")
            await leaves(alice)
            assert sealed(hub, alice) == 1
            await leaves(alice)

    asyncio.run(story())
