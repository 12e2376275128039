"""A newcomer's first steps, on Home within a minute of joining."""

import asyncio
import time
from pathlib import Path

from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent
from tests.stories.hub import running
from tests.stories.screens import profile, sitting, somebody
from tests.stories.waiting import TestClock, until


def test_a_newcomer_is_led_to_a_hello_and_to_somebody(tmp_path: Path) -> None:
    """Enter on a hello opens a draft and sends nothing; m passes a step and z brings it back; what
    is done is gone."""

    async def run() -> None:
        async with running(tmp_path / "hub", TestClock(round(time.time() * 1_000))) as hub:
            bob = await somebody(hub, "bob")
            bob.say(PEOPLE, Consent("matching", True))
            bob.post("good morning all")
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (100, 30), at_home=True) as mara:
                await mara.sees("To begin with")
                await mara.sees("Get to know bob: r writes to them")
                await mara.sees("agrees to be asked, wrote 1 minute ago")
                entries = mara.screen.rooms.pane.entries
                entries.focus()
                await mara.until(lambda: entries.has_focus)
                await mara.sees("2 short questions")
                await mara.press("g", "m")
                await mara.misses("2 short questions")
                await mara.press("g", "m")
                await mara.misses("Get to know bob")
                await mara.press("z")
                await mara.sees("Get to know bob")
                await mara.press("g", "r")
                await mara.until(lambda: mara.screen.channel.composer.has_focus)
                await mara.sees("@bob")
                mara.screen.rooms.show(Room.HOME)
                entries.focus()
                await mara.until(lambda: entries.has_focus)
                await mara.press("g", "down", "enter")
                await mara.sees("Hello, I am mara, and new here.")
                # Her draft may be on its way to her own devices.
                assert all(row.stream[:2] == b"u:" for row in mara.screen.reader.outbox())
                await mara.press("enter")
                await until(lambda: "Hello, I am mara, and new here." in bob.texts("general"))
                mara.screen.rooms.show(Room.HOME)
                await mara.misses("Say hello")

    asyncio.run(run())
