"""Searching beside the screen: one question at a time, and one that nobody waits for is ended."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from threading import Event

import pytest

from hobnob_client import keyring
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_client.reading.beside import Beside
from hobnob_client.reading.finder import Finder
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.errors import HobnobError
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
TODAY = date(2026, 3, 31)
WAIT_SECONDS = 30


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Beside]:
    """On an empty replica."""
    profile = Profile(tmp_path / "ada")
    link = InviteLink("hub.example.org", 4626, HubId(bytes(32)), bytes(16))
    keyring.save(profile, found(link, "ada", 1_700_000_000))
    SqliteReplicaStore.open(str(profile.replica)).close()
    one = Beside(profile, keyring.load(profile), UTC, lambda: TODAY)
    yield one
    one.close()


def test_a_question_is_answered(beside: Beside) -> None:
    """Out of the replica."""

    async def story() -> None:
        assert await beside.ask(lambda finder: finder.today) == TODAY
        meaning = await beside.ask(lambda finder: finder.understand("wal", typing=True))
        assert await beside.ask(lambda finder: finder.hits(meaning.wanted, 5)) == ()

    asyncio.run(story())


def test_a_question_nobody_waits_for_ends_and_the_next_is_answered(beside: Beside) -> None:
    """However long it would have taken."""
    begun = Event()

    def endless(finder: Finder) -> object:
        begun.set()
        return finder._desk.store.sql.query(ENDLESS)  # pyright: ignore[reportPrivateUsage]  # A question that no query would lead to.

    async def story() -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            asked = asyncio.create_task(beside.ask(endless))
            await asyncio.to_thread(begun.wait)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
            assert await beside.ask(lambda finder: finder.today) == TODAY

    asyncio.run(story())


def test_what_fails_is_told(beside: Beside) -> None:
    """To whoever asked, and the next question is answered."""

    def broken(_finder: Finder) -> date:
        raise HobnobError("broken")

    async def story() -> None:
        with pytest.raises(HobnobError, match="broken"):
            await beside.ask(broken)
        assert await beside.ask(lambda finder: finder.today) == TODAY

    asyncio.run(story())
