"""The headless engine against a small hub on real sockets."""

import asyncio
import gc
import weakref
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.link import LinkLost
from hobnob_client.news import NotSent
from hobnob_client.not_answered import NotAnswered
from hobnob_client.progress import LinkState
from hobnob_client.store.database import SqliteDatabase
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import ChannelId, channel_stream, target_of
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.questions import BoardQuestion, encode_question
from hobnob_sync.hub_engine.inputs import HubSettings
from tests.client.member import (
    WAIT_SECONDS,
    general,
    join_general,
    linked,
    newcomer,
    says,
    settled,
    texts,
)
from tests.client.small_hub import SmallHub
from tests.stories.waiting import until


def test_a_newcomer_joins_and_is_heard(tmp_path: Path) -> None:
    """Joined, put into the first channel, and what they say has its place in the log."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            composed = await alice.compose(general(alice), Post("hello"))
            await settled(alice)
            shown = alice.reader.message(general(alice), target_of(composed.event_id))
            assert shown is not None
            assert (shown.text, shown.pending, shown.seq) == ("hello", False, 2)

    asyncio.run(story())


def test_the_hubs_key_is_kept_and_the_invite_forgotten(tmp_path: Path) -> None:
    """Once let in, the file pins the key and holds no secret that is spent."""

    async def story() -> None:
        async with SmallHub() as hub:
            member = newcomer(hub, tmp_path, "alice")
            async with member.engine() as alice:
                await settled(alice)
            assert member.device.hub_key == hub.signer.public_key
            assert member.device.invite == b""

    asyncio.run(story())


def test_two_members_read_each_other(tmp_path: Path) -> None:
    """What one says the other sees, without asking."""

    async def story() -> None:
        async with (
            SmallHub() as hub,
            newcomer(hub, tmp_path, "alice").engine() as alice,
            newcomer(hub, tmp_path, "bob").engine() as bob,
        ):
            await join_general(alice)
            await join_general(bob)
            watch = bob.watch()
            await says(alice, "hello bob")
            async with asyncio.timeout(WAIT_SECONDS):
                while "hello bob" not in texts(bob):
                    await watch.next()
            assert bob.reader.handle(alice.device.account) == "alice"

    asyncio.run(story())


def test_with_the_hub_down_one_writes_and_it_goes_out_later(tmp_path: Path) -> None:
    """Offline the outbox shows; when the hub is back it is sent, once and in order."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await hub.stop()
            await linked(alice, LinkState.WAITING)
            await says(alice, "one", "two")
            assert texts(alice) == ["one", "two"]
            assert len(alice.reader.outbox()) == 2
            await hub.start()
            alice.reconnect()
            await settled(alice)
            assert texts(alice) == ["one", "two"]
            assert alice.reader.outbox() == ()

    asyncio.run(story())


def test_what_is_tried_by_itself_is_not_told_each_time(tmp_path: Path) -> None:
    """That the hub is not there stands until it is; who asks to try at once sees that one does."""

    async def story() -> None:
        tried = 0

        async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal tried
            tried += 1
            writer.close()

        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await hub.stop()
            await linked(alice, LinkState.WAITING)
            told, watch = list[LinkState](), alice.watch()

            async def listen() -> None:
                while True:
                    told.append((await watch.next()).link)

            listening = asyncio.create_task(listen())
            async with await asyncio.start_server(hang_up, "127.0.0.1", hub.port):
                await until(lambda: tried >= 3)
                assert LinkState.CONNECTING not in told
                alice.reconnect()
                await until(lambda: LinkState.CONNECTING in told)
            listening.cancel()

    asyncio.run(story())


def test_an_edit_of_what_was_not_sent_yet_is_shown_at_once(tmp_path: Path) -> None:
    """What waits is folded over what waits."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await hub.stop()
            said = await alice.compose(general(alice), Post("helo"))
            target = alice.reader.target(general(alice), said.event_id.hex()[:8])
            assert target is not None
            await alice.compose(general(alice), Edit(target, "hello"))
            assert texts(alice) == ["hello"]

    asyncio.run(story())


def test_a_line_that_is_cut_is_mended(tmp_path: Path) -> None:
    """Cut in the middle of talk, nothing is lost or doubled."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            for nth in range(5):
                await says(alice, f"post {nth}")
                hub.cut()
                alice.reconnect()
            await settled(alice)
            assert texts(alice) == [f"post {nth}" for nth in range(5)]
            assert hub.logins > 1

    asyncio.run(story())


def test_what_the_hub_refuses_lies_in_the_tray(tmp_path: Path) -> None:
    """With the reason; it can be discarded, and nothing else can be retried."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            watch = alice.watch()
            said = await alice.compose(channel_stream(ChannelId(bytes(16))), Post("nowhere"))
            refused: tuple[NotSent, ...] = ()
            async with asyncio.timeout(WAIT_SECONDS):
                while not refused:
                    refused = (await watch.next()).not_sent
            assert refused == (NotSent(said.n, "not_member"),)
            (row,) = alice.reader.tray()
            assert (row.n, row.code) == (said.n, "not_member")
            await alice.discard(row.n)
            assert alice.reader.tray() == ()
            with pytest.raises(UsageError):
                await alice.retry(row.n)

    asyncio.run(story())


def test_a_second_process_composes_into_the_same_outbox(tmp_path: Path) -> None:
    """It has no link; the one that has sends it, and both see it arrive."""

    async def story() -> None:
        async with SmallHub() as hub:
            member = newcomer(hub, tmp_path, "alice")
            async with member.engine() as screen, member.engine() as pipe:
                await join_general(screen)
                await linked(pipe, LinkState.SHARED)
                await says(screen, "from the screen")
                await says(pipe, "from the pipe")
                await says(screen, "and again")
                await _sent(screen, 3)
                assert sorted(texts(pipe)) == ["and again", "from the pipe", "from the screen"]

    asyncio.run(story())


def test_the_link_passes_to_another_process(tmp_path: Path) -> None:
    """When its owner ends, the one that waited takes over."""

    async def story() -> None:
        async with SmallHub() as hub:
            member = newcomer(hub, tmp_path, "alice")
            async with member.engine() as first:
                await join_general(first)
                second = Engine(member.profile, member.device)
                await second.__aenter__()
                await linked(second, LinkState.SHARED)
            await linked(second, LinkState.ONLINE)
            await says(second, "still here")
            await settled(second)
            await second.__aexit__(None, None, None)

    asyncio.run(story())


def test_history_comes_by_itself(tmp_path: Path) -> None:
    """First the tails, then page by page all that may be seen."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await says(alice, *(f"post {nth}" for nth in range(130)))
            await settled(alice)
            async with newcomer(hub, tmp_path, "bob").engine() as bob:
                await settled(bob)
                async with asyncio.timeout(WAIT_SECONDS):
                    done = await bob.until(lambda progress: progress.complete)
                assert done.missing == 0
                found = bob.reader.before(general(bob), None, 1_000)
                assert len(found.messages) == 130
                assert found.complete

    asyncio.run(story())


def test_a_question_is_answered_or_it_is_said_why_not(tmp_path: Path) -> None:
    """By a hub that answers it; where the link is lost meanwhile nobody waits for ever, and who
    stops waiting has stopped."""

    async def story() -> None:
        question = BoardQuestion("week")
        written = encode_question(question)
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await settled(alice)
            hub.answers[written] = b"an answer"
            assert await alice.ask(question) == b"an answer"
            with pytest.raises(NotAnswered) as refused:
                await alice.ask(BoardQuestion("year"))
            assert refused.value.code == "no"
            hub.silent = True
            left = asyncio.create_task(alice.ask(question))
            await until(lambda: hub.asked.count(written) == 2)
            left.cancel()
            with pytest.raises(asyncio.CancelledError):
                await left
            asking = asyncio.create_task(alice.ask(question))
            await until(lambda: hub.asked.count(written) == 3)
            hub.cut()
            with pytest.raises(LinkLost):
                await asking

    asyncio.run(story())


def test_a_hub_of_before_is_asked_nothing(tmp_path: Path) -> None:
    """It would end the connection over a frame it does not know."""

    async def story() -> None:
        async with (
            SmallHub(HubSettings(budget_capacity=1e9)) as hub,
            newcomer(hub, tmp_path, "alice").engine() as alice,
        ):
            await settled(alice)
            with pytest.raises(NotAnswered) as refused:
                await alice.ask(BoardQuestion("week"))
            assert (refused.value.code, hub.asked, alice.link) == ("old", [], LinkState.ONLINE)

    asyncio.run(story())


def test_a_stranger_is_refused_and_told(tmp_path: Path) -> None:
    """An invite that was used brings nobody in; the engine stops trying."""

    async def story() -> None:
        async with SmallHub() as hub:
            member = newcomer(hub, tmp_path, "alice")
            spent = member.device
            async with member.engine() as alice:
                await settled(alice)
            other = newcomer(hub, tmp_path, "mallory")
            keyring.save(other.profile, replace(other.device, invite=spent.invite))
            async with other.engine() as mallory:
                assert await linked(mallory, LinkState.REFUSED) is LinkState.REFUSED
                assert mallory.detail == "auth"

    asyncio.run(story())


def test_nothing_is_dialled_without_being_asked(tmp_path: Path) -> None:
    """An engine for reading leaves the hub alone."""

    async def story() -> None:
        async with SmallHub() as hub:
            member = newcomer(hub, tmp_path, "alice")
            async with member.engine() as alice:
                await settled(alice)
            logins = hub.logins
            async with member.engine(connect=False) as reader:
                await says(reader, "kept")
                assert texts(reader) == ["kept"]
                assert reader.link is LinkState.OFFLINE
            assert hub.logins == logins

    asyncio.run(story())


def test_a_disk_that_cannot_be_written_is_waited_for(tmp_path: Path) -> None:
    """What came meanwhile is pulled again; nothing is lost, nobody hangs."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            async with newcomer(hub, tmp_path, "bob").engine() as bob:
                await join_general(bob)
                other = SqliteDatabase(str(tmp_path / "bob" / "replica.db"))
                with other.transaction():
                    await says(alice, "while the disk was busy")
                    assert await linked(bob, LinkState.WAITING) is LinkState.WAITING
                    assert "locked" in bob.detail
                other.close()
                bob.reconnect()
                await linked(bob, LinkState.ONLINE)
                await _sent(bob, 1)
                assert texts(bob) == ["while the disk was busy"]

    asyncio.run(story())


async def _sent(engine: Engine, count: int) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        await engine.until(lambda progress: progress.settled and len(texts(engine)) == count)


def test_a_search_that_is_over_leaves_nothing(tmp_path: Path) -> None:
    """However often one searches until one leaves."""

    async def story() -> None:
        async with SmallHub() as hub:
            member = newcomer(hub, tmp_path, "alice")
        async with member.engine(connect=False) as alice:
            beside = alice.beside(UTC, lambda: date(2026, 3, 31))
            assert await beside.ask(lambda finder: finder.today) == date(2026, 3, 31)
            beside.close()
            await beside.gone()
            seen = weakref.ref(beside)
            del beside

            def is_left() -> bool:
                gc.collect()
                return seen() is not None

            await until(lambda: not is_left())

    asyncio.run(story())
