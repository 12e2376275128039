"""The feed as a room of the screen: ranked with reasons, by time, and with fewer of something."""

import asyncio
import time
from pathlib import Path

from hobnob_client.tui.rooms.contents import INSIDE
from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import TargetId, target_of
from hobnob_protocol.kinds.messages import Post
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_talks import friend
from tests.stories.waiting import TestClock

THREAD = f"#general{INSIDE}why is it locked?"


def order(mara: Sitting) -> list[str]:
    """What the feed shows, from top to bottom."""
    return [each.line.where for each in mara.screen.rooms.feeding.entries]


def test_the_feed_tells_why_and_hides_what_one_wants_fewer_of(tmp_path: Path) -> None:
    """Two reasons on each row, all of them by w, time alone by f; what - takes z brings back, and
    it stays away after a restart; Enter goes there and Esc comes back."""

    async def run() -> None:
        clock = TestClock(round(time.time() * 1_000))
        async with (
            running(tmp_path / "hub", clock) as hub,
            friend(hub, tmp_path, "bob") as bob,
        ):
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (120, 40), at_home=True) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                mara.screen.rooms.show(Room.FEED)
                mara.screen.rooms.pane.entries.focus()
                await mara.sees("Nothing was said in your channels for seven days.")
                general = bob.reader.channel("general")
                assert general is not None
                me = await bob.knows("mara")

                async def says(text: str, thread: TargetId | None = None) -> TargetId:
                    mentions = (me,) if "@mara" in text else ()
                    post = Post(text, mentions=mentions, thread=thread)
                    return target_of((await bob.engine.compose(general.stream, post)).event_id)

                asked = await says("why is it locked?")
                await says("ask @mara, she knows", asked)
                last = await says("good morning")
                await mara.until(lambda: mara.screen.reader.message(general.stream, last))
                await mara.screen.engine.indexed()
                await mara.press("R")
                await mara.sees(f" 1 {THREAD}")
                await mara.sees("because you are mentioned or answered · ")
                thread, channel = THREAD, "#general"
                await mara.until(lambda: order(mara) == [thread, channel])
                # All that its place is made of.
                await mara.press("g", "w")
                await mara.sees("that you write in it within a day")
                await mara.sees("how long nothing was said")
                await mara.press("escape")
                # By time alone nothing is told.
                await mara.press("f")
                await mara.sees("● Newest first")
                await mara.until(lambda: order(mara) == [channel, thread])
                assert "because" not in mara.text
                await mara.press("f")
                await mara.sees("because you are mentioned or answered · ")
                # There and back.
                await mara.press("g", "enter")
                await mara.until(lambda: mara.screen.thread.timeline.has_focus)
                assert mara.screen.thread.place is not None
                assert mara.screen.thread.place.thread == asked
                mara.screen.rooms.show(Room.FEED)
                mara.screen.rooms.pane.entries.focus()
                await mara.press("g", "minus")
                await mara.sees("Not here for 14 days")
                await mara.until(lambda: order(mara) == [channel])
                await mara.press("z")
                await mara.until(lambda: order(mara) == [thread, channel])
                await mara.press("g", "minus")
                await mara.until(lambda: order(mara) == [channel])
            async with sitting(of, (120, 40), connect=False, at_home=True) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.until(lambda: mara.screen.rooms.feeding.fewer)
                mara.screen.rooms.show(Room.FEED)
                mara.screen.rooms.pane.entries.focus()
                await mara.until(lambda: order(mara) == [channel])

    asyncio.run(run())
