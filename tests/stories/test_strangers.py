"""Who has not logged in gets little: few connections, little time, small frames."""

import asyncio
from pathlib import Path
from typing import Any

from hobnob_protocol.limits import HANDSHAKE_SECONDS, PREAUTH_FRAME_BYTES_MAX
from tests.stories.hub import running
from tests.stories.raw import BINARY, TEXT, Raw
from tests.stories.waiting import TestClock, until


def test_only_so_many_wait_at_the_door(tmp_path: Path) -> None:
    """One more is answered 503 before anything is spent on it; who is in stays in."""

    async def story() -> None:
        async with running(tmp_path / "hub", connections_before_login=2) as hub:
            olga = await hub.owner()
            strangers = [await Raw.connect(hub) for _ in range(2)]
            assert [await one.upgrade() for one in strangers] == [101, 101]
            refused = await Raw.connect(hub)
            assert await refused.status() == 503
            assert olga.connected
            strangers[0].close()
            await until(lambda: hub.app.gate.before_login == 1)
            assert await (await Raw.connect(hub)).upgrade() == 101

    asyncio.run(story())


def test_one_address_has_only_so_many_connections(tmp_path: Path) -> None:
    """One more is answered 429, whether the others have logged in or not."""

    async def story() -> None:
        async with running(tmp_path / "hub", connections_per_address=2) as hub:
            await hub.owner()
            assert await (await Raw.connect(hub)).upgrade() == 101
            refused = await Raw.connect(hub)
            assert await refused.status() == 429

    asyncio.run(story())


def test_a_proxy_tells_for_whom_it_comes(tmp_path: Path) -> None:
    """The last address in X-Forwarded-For counts, for what stands before it anybody can write; but
    only if the proxy is a known one."""

    async def story() -> None:
        settings: dict[str, Any] = {"connections_per_address": 1, "proxies": ("127.0.0.1",)}
        async with running(tmp_path / "hub", **settings) as hub:
            one, same, other = [await Raw.connect(hub) for _ in range(3)]
            assert await one.upgrade("X-Forwarded-For: 9.9.9.9, 203.0.113.7") == 101
            assert await same.upgrade("X-Forwarded-For: 8.8.8.8, 203.0.113.7") == 429
            assert await other.upgrade("X-Forwarded-For: 203.0.113.8") == 101
        async with running(tmp_path / "other", connections_per_address=1) as hub:
            assert await (await Raw.connect(hub)).upgrade("X-Forwarded-For: 203.0.113.7") == 101
            assert await (await Raw.connect(hub)).status() == 429

    asyncio.run(story())


def test_a_login_takes_only_so_long(tmp_path: Path) -> None:
    """Who says nothing is told so and closed."""

    async def story() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock) as hub:
            silent = await Raw.connect(hub)
            assert await silent.upgrade() == 101
            clock.move(HANDSHAKE_SECONDS + 1)
            assert b"timeout" in await silent.rest()
            await until(lambda: hub.app.gate.connections == 0)

    asyncio.run(story())


def test_a_large_first_frame_is_not_taken(tmp_path: Path) -> None:
    """The connection is closed with 1009 before the frame is read."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            greedy = await Raw.connect(hub)
            assert await greedy.upgrade() == 101
            greedy.send(BINARY, bytes(PREAUTH_FRAME_BYTES_MAX + 1))
            assert b"\x03\xf1" in await greedy.rest()

    asyncio.run(story())


def test_what_is_no_frame_ends_the_connection(tmp_path: Path) -> None:
    """Text, and bytes that mean nothing."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            for opcode, payload in ((TEXT, b"hello"), (BINARY, b"\xc1"), (BINARY, b"")):
                stranger = await Raw.connect(hub)
                assert await stranger.upgrade() == 101
                stranger.send(opcode, payload)
                assert b"protocol" in await stranger.rest()

    asyncio.run(story())


def test_a_web_page_cannot_use_a_members_browser(tmp_path: Path) -> None:
    """A request that names an origin is refused."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            page = await Raw.connect(hub)
            assert await page.upgrade("Origin: https://evil.example") == 403

    asyncio.run(story())


def test_an_invite_works_as_often_as_it_says(tmp_path: Path) -> None:
    """The second one to come with it hears what anybody hears who may not enter."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            link = await hub.app.invite(1, 1.0)
            await hub.joined("bob", link)
            assert await hub.stranger("mallory", link).try_to_connect() == "auth"

    asyncio.run(story())
