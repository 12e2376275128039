"""Who holds a role sees who waits for a first answer, and answers from there."""

import asyncio
import time
from pathlib import Path

from hobnob_client.durations import HOUR_MS
from hobnob_client.onboarding.welcome import FIELD, WANTED
from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.people import ProfileField
from tests.stories.hub import running
from tests.stories.screens import profile, sitting, somebody
from tests.stories.waiting import TestClock


def test_a_newcomer_waits_in_care_until_somebody_answers(tmp_path: Path) -> None:
    """Home counts, Enter goes there and Esc comes back, m has seen to it and z has not; an answer
    by r takes it away for good."""

    async def run() -> None:
        async with running(tmp_path / "hub", TestClock(round(time.time() * 1_000))) as hub:
            link = hub.app.owner_invite
            assert link is not None
            of = profile(tmp_path / "mara", link, "mara")
            async with sitting(of, (100, 30), at_home=True) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                mara.screen.rooms.show(Room.CARE)
                mara.screen.rooms.pane.entries.focus()
                await mara.sees("Nobody waits: newcomers and questions have answers")
                bob = await somebody(hub, "bob")
                bob.post("hello all, I am new")
                await mara.sees("new here, and the first message has no answer for 1 minute")
                mara.screen.rooms.show(Room.HOME)
                await mara.sees("1 newcomer waits for a first answer")
                await mara.press("g", "enter")
                await mara.until(lambda: mara.screen.channel.timeline.has_focus)
                await mara.press("escape")
                await mara.until(lambda: mara.screen.rooms.room is Room.HOME)
                await mara.sees("1 newcomer waits for a first answer")
                await mara.press("m")
                await mara.misses("1 newcomer waits")
                await mara.press("z")
                await mara.sees("1 newcomer waits")
                mara.screen.rooms.show(Room.CARE)
                await mara.press("g", "r")
                await mara.until(lambda: mara.screen.thread.composer.has_focus)
                await mara.type("welcome!")
                await mara.press("enter")
                await mara.until(lambda: "welcome!" not in mara.screen.thread.composer.text)
                mara.screen.rooms.show(Room.CARE)
                mara.screen.rooms.pane.entries.focus()
                await mara.sees("Nobody waits")
            async with sitting(of, connect=False, at_home=True) as mara:
                mara.screen.rooms.show(Room.CARE)
                await mara.sees("Nobody waits")

    asyncio.run(run())


def test_who_is_shown_around_by_nobody_stands_in_care_and_is_written_to_by_one_key(
    tmp_path: Path,
) -> None:
    """An hour after joining, where nobody could be asked; Enter does what r does."""

    async def run() -> None:
        earlier = TestClock(round(time.time() * 1_000) - 2 * HOUR_MS)
        async with running(tmp_path / "hub", earlier) as hub:
            link = hub.app.owner_invite
            assert link is not None
            of = profile(tmp_path / "mara", link, "mara")
            async with sitting(of, (100, 30), at_home=True) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                bob = await somebody(hub, "bob")
                bob.say(PEOPLE, ProfileField(FIELD, WANTED))
                await mara.sees("1 newcomer wants to be shown around")
                for key in ("r", "enter"):
                    mara.screen.rooms.show(Room.CARE)
                    mara.screen.rooms.pane.entries.focus()
                    await mara.sees("nobody shows them around for 2 hours: r writes to them")
                    await mara.press("g", key)
                    await mara.until(lambda: mara.screen.channel.composer.has_focus)
                    await mara.sees("@bob")

    asyncio.run(run())


def test_members_have_no_room_for_care(tmp_path: Path) -> None:
    """They hold no role."""

    async def run() -> None:
        async with running(tmp_path / "hub", TestClock(round(time.time() * 1_000))) as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (100, 30), at_home=True) as mara:
                bob = await somebody(hub, "bob")
                bob.post("hello all, I am new")
                await mara.sees_unread("#general")
                assert "Care" not in mara.text

    asyncio.run(run())
