"""What is said of a setting stands right below the list, where all of that has room."""

import asyncio
from pathlib import Path

from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink
from tests.stories.screens import Sitting, profile, sitting


def gap(one: Sitting) -> int:
    """Lines between the last setting and what is said of the selected one."""
    lines = one.text.splitlines()
    last = next(nth for nth, line in enumerate(lines) if "presence.typing" in line)
    said = next(nth for nth, line in enumerate(lines) if "meant without --profile" in line)
    return said - last


def test_what_is_said_of_a_setting_stands_right_below_the_list(tmp_path: Path) -> None:
    """The keys, of which there are more, take all the room there is."""

    async def run() -> None:
        link = InviteLink("127.0.0.1", 9, HubId(bytes(32)), bytes(16))
        alice = profile(tmp_path / "alice", link, "alice")
        async with sitting(alice, (120, 40), connect=False) as one:
            await one.press("f2")
            await one.sees("meant without --profile")
            await one.until(lambda: "presence.typing" in one.text and gap(one) == 2)
            await one.press("tab")
            await one.sees("everywhere.back")
            frame = one.app.screen.query_one("#frame")
            await one.until(lambda: frame.outer_size.height == 34)
            await one.press("tab")
            await one.until(lambda: "presence.typing" in one.text and gap(one) == 2)

    asyncio.run(run())
