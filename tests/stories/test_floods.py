"""One who floods or stalls costs the others nothing they can feel."""

import asyncio
from contextlib import suppress
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from hobnob_protocol.frames import Back, Frame, Ping
from hobnob_protocol.limits import BACKLOG_BYTES_MAX, PREAUTH_FRAME_BYTES_MAX, STALL_SECONDS
from hobnob_protocol.wire import encode_frame
from hobnob_server.limits import FLOOD_SECONDS, FLOODED_SECONDS, SLICE_BYTES, TURN_FRAMES
from tests.stories.client import Client, heard
from tests.stories.hub import running
from tests.stories.raw import BINARY, PING, Raw, frame
from tests.stories.waiting import TestClock, until

BURST = 50
EMPTY_FRAME_BYTES = 6
PONG_BYTES = 2
_PING = Ping(0)


def test_a_flood_of_pings_is_cut_after_its_first_slice(tmp_path: Path) -> None:
    """100,000 empty pings: few are answered, the connection is gone, and members go on talking."""

    async def story() -> None:
        async with running(tmp_path / "hub", frames_burst=BURST) as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            await until(lambda: all("general" in each.channels() for each in (olga, bob)))
            flood = await Raw.connect(hub)
            assert await flood.upgrade() == 101
            flood.send(PING, b"", 100_000)
            pongs = len(await flood.rest()) // PONG_BYTES
            assert pongs <= BURST + SLICE_BYTES // EMPTY_FRAME_BYTES + 1
            olga.post("did you notice anything?")
            await until(lambda: len(bob.texts()) == 1)

    asyncio.run(story())


def test_frames_that_come_together_are_taken_in_turns(tmp_path: Path) -> None:
    """All of them, in their order, a large one among small ones; others are heard in between."""

    async def story() -> None:
        async with running(tmp_path / "hub", frames_burst=8 * TURN_FRAMES) as hub:
            many = await Raw.connect(hub)
            assert await many.upgrade() == 101
            pings = [b"%d" % nth for nth in range(4 * TURN_FRAMES)]
            sent = [frame(PING, each) for each in pings]
            # A HELLO that is none, beyond any slice: what came before it is answered before.
            sent.append(frame(BINARY, bytes(PREAUTH_FRAME_BYTES_MAX)))
            many.writer.write(b"".join(sent))
            answers = await many.rest()
            pongs = b"".join(bytes((0x8A, len(each))) + each for each in pings)
            assert answers.startswith(pongs)
            assert b"protocol" in answers[len(pongs) :]

    asyncio.run(story())


def test_a_member_who_floods_gains_nothing_by_coming_back(tmp_path: Path) -> None:
    """Cut off, they wait at their next login and begin with few frames; nobody else waits."""

    async def story() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock, frames_burst=BURST) as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            for _ in range(2):
                await flood(bob)
                assert "code=flood" in hub.logged.getvalue()
                back = asyncio.create_task(bob.connect())
                await until(lambda: hub.app.board.late_logins == 1)
                await olga.connect()
                assert not bob.ready
                clock.move(FLOODED_SECONDS)
                await back
            clock.move(FLOOD_SECONDS)
            await bob.connect()
            assert bob.ready

    asyncio.run(story())


def test_a_device_that_joins_an_account_floods_for_the_account(tmp_path: Path) -> None:
    """It founds none by its link: the other devices wait for it, too."""

    async def story() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock, frames_burst=BURST) as hub:
            await hub.owner()
            bob = await hub.member("bob")
            phone = hub.stranger("phone", await hub.app.invite(1, 1.0))
            await until(lambda: bob.engine.state.accounts.chain(bob.account) is not None)
            phone.added_by(bob)
            await phone.connect()
            await flood(phone)
            back = asyncio.create_task(bob.connect())
            await until(lambda: hub.app.board.late_logins == 1)
            await hub.member("carol")
            assert not bob.ready
            clock.move(FLOODED_SECONDS)
            await back

    asyncio.run(story())


async def flood(member: Client, said: Frame = _PING) -> None:
    """A member's client sends frames until it is cut off."""
    with suppress(ConnectionClosed):
        while True:
            await member.send_raw(encode_frame(said))
    await until(lambda: not member.connected)


def test_a_flood_of_requests_for_history_is_cut_too(tmp_path: Path) -> None:
    """However little each asks for; others go on talking."""

    async def story() -> None:
        async with running(tmp_path / "hub", frames_burst=BURST) as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            await until(lambda: all("general" in each.channels() for each in (olga, bob)))
            stream = bob.channel("general")
            await until(lambda: stream in bob.engine.state.streams)
            await flood(bob, Back(stream, bob.engine.state.streams[stream].grant, 2, 1))
            assert "code=flood" in hub.logged.getvalue()
            olga.post("did you notice anything?")
            await until(lambda: len(olga.texts()) == 1)

    asyncio.run(story())


def test_a_flood_of_tiny_parts_is_cut_too(tmp_path: Path) -> None:
    """Empty parts of a message that never ends."""

    async def story() -> None:
        async with running(tmp_path / "hub", frames_burst=BURST) as hub:
            flood = await Raw.connect(hub)
            assert await flood.upgrade() == 101
            first, more = b"\x02\x80\0\0\0\0", b"\x00\x80\0\0\0\0"
            flood.writer.write(first + more * 100_000)
            assert await flood.rest() == b""
            await until(lambda: hub.app.gate.connections == 0)

    asyncio.run(story())


def test_a_message_may_come_in_parts(tmp_path: Path) -> None:
    """A proxy may cut it: it is put together before it is read."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            parts = await Raw.connect(hub)
            assert await parts.upgrade() == 101
            # BYE in two parts: the hub understands, and closes without an answer of its own.
            bye = b"\x93\x3f\xa4done\x00"
            parts.writer.write(b"\x02\x83\0\0\0\0" + bye[:3])
            parts.writer.write(b"\x80" + bytes((0x80 | (len(bye) - 3),)) + bytes(4) + bye[3:])
            assert b"protocol" not in await parts.rest()

    asyncio.run(story())


def test_a_stalled_reader_is_sent_away_while_others_go_on(tmp_path: Path) -> None:
    """It holds no more than its backlog, and after a while without progress it is cut; when it
    comes back it has missed nothing."""

    async def story() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock) as hub:
            hub.small_buffers()
            olga, bob = await hub.owner(), await hub.member("bob")
            slow = hub.stranger("slow", await hub.app.invite(1, 1.0))
            slow.receive_buffer_bytes = 4_096
            await slow.connect()
            await until(lambda: "general" in olga.channels())
            olga.post("is everybody here?")
            await until(lambda: heard(slow, 1)() and heard(bob, 1)())
            slow.stall()
            for nth in range(40):
                olga.post(f"{nth} " + "x" * 10_000)
                await until(heard(bob, nth + 2))
                assert hub.backlog_bytes <= BACKLOG_BYTES_MAX
            assert "slow" not in hub.logged.getvalue()
            clock.move(STALL_SECONDS + 1)
            await until(lambda: "code=slow" in hub.logged.getvalue())
            await slow.leave()
            slow.go_on()
            await slow.connect()
            await until(heard(slow, 41))
            assert slow.texts() == bob.texts()

    asyncio.run(story())


def test_who_takes_leave_and_stays_on_the_line_harms_nobody(tmp_path: Path) -> None:
    """A member closes the WebSocket without a BYE and holds the connection: nothing can be written
    there any more, and all others get what is said meanwhile."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            olga = await hub.owner()
            mallory, bob = await hub.member("mallory"), await hub.member("bob")
            await until(lambda: all("general" in each.channels() for each in (olga, mallory, bob)))
            mallory.stall()
            await mallory.close_and_stay()
            olga.post("is anybody here?")
            olga.post("and now?")
            await until(lambda: heard(bob, 2)() and olga.settled)
            await mallory.leave()

    asyncio.run(story())


def test_a_slow_reader_gets_everything(tmp_path: Path) -> None:
    """Pages that found no room come again from the log: no gap, nothing twice."""

    async def story() -> None:
        async with running(tmp_path / "hub", TestClock()) as hub:
            hub.small_buffers()
            olga = await hub.owner()
            slow = hub.stranger("slow", await hub.app.invite(1, 1.0))
            slow.receive_buffer_bytes = 4_096
            await slow.connect()
            await until(lambda: "general" in olga.channels())
            olga.post("is everybody here?")
            await until(heard(slow, 1))
            for round_nth in range(3):
                slow.stall()
                for nth in range(20):
                    olga.post(f"{round_nth} {nth} " + "y" * 10_000)
                await until(lambda: olga.settled)
                slow.go_on()
                await until(heard(slow, 20 * (round_nth + 1) + 1))
            assert slow.texts() == olga.texts()
            assert not slow.alarms
            assert slow.byes == []

    asyncio.run(story())


def test_who_sends_garbage_after_login_is_sent_away(tmp_path: Path) -> None:
    """Only that one connection ends."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            await bob.send_raw(b"\xc1")
            await until(lambda: bob.byes == ["protocol"])
            assert olga.connected

    asyncio.run(story())
