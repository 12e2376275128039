"""What has nothing to show is no taller than what it says."""

import asyncio
from pathlib import Path

from hobnob_client.tui.screens.attention import AttentionScreen
from hobnob_client.tui.screens.outbox import OutboxScreen
from hobnob_client.tui.screens.search import SearchScreen
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, profile, sitting, told

LINES_MAX = 10


def height(one: Sitting, frame: str) -> int:
    """Of the frame of what is open."""
    return one.app.screen.query_one(frame).outer_size.height


def test_an_empty_dialog_says_what_to_do_and_leaves_the_rest_to_be_seen(tmp_path: Path) -> None:
    """The outbox, a search for nothing, and what calls where nothing does."""

    async def run() -> None:
        link = InviteLink("127.0.0.1", 9, HubId(bytes(32)), bytes(16))
        async with sitting(profile(tmp_path / "alice", link, "alice"), connect=False) as one:
            await one.press("ctrl+o")
            await one.sees("What you write without it waits here")
            assert isinstance(one.app.screen, OutboxScreen)
            await one.until(lambda: height(one, "#outbox") <= LINES_MAX)
            await one.press("escape", "slash")
            await one.sees("what you look for")
            assert isinstance(one.app.screen, SearchScreen)
            await one.until(lambda: height(one, "#search") <= LINES_MAX)
            await one.type("vacuum")
            await one.sees("No message on this device has this")
            await one.until(lambda: height(one, "#search") <= LINES_MAX)
            await one.press("escape", "f6")
            await one.sees("Nobody else has said anything")
            assert isinstance(one.app.screen, AttentionScreen)
            await one.until(lambda: height(one, "#frame") <= LINES_MAX)
            await one.press("tab")
            await one.sees("▌Quiet hours · none")

    asyncio.run(run())


def test_hits_take_the_room_they_need_and_the_newest_is_seen_whole(tmp_path: Path) -> None:
    """The dialog grows with the first of them, and is small again without."""

    async def story(hub: Hub, mara: Sitting) -> None:
        text = "vacuum " + "and many more words " * 12 + "goal."
        await mara.press("i")
        await mara.type(text)
        await mara.press("enter", "escape", "slash")
        await mara.sees("what you look for")
        await mara.type("vacuum")
        await mara.sees("found in")
        await mara.sees("goal.")
        assert height(mara, "#search") > LINES_MAX
        await mara.type("x")
        await mara.sees("No message on this device has this")
        await mara.until(lambda: height(mara, "#search") <= LINES_MAX)

    told(tmp_path, story)
