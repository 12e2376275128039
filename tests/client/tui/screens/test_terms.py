"""A list of terms is as tall as they are."""

import asyncio
from functools import partial
from pathlib import Path

from hobnob_client.tui.screens.terms import TermsScreen
from hobnob_client.tui.widgets.card_list import Card
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink
from tests.stories.screens import profile, sitting


def _is_tall(screen: TermsScreen, lines: int) -> bool:
    return screen.query_one("#frame").outer_size.height == lines


def test_terms_take_the_room_they_need_and_no_more_than_there_is(tmp_path: Path) -> None:
    """Three of them leave the rest to be seen; of a hundred one walks to the last."""

    async def run() -> None:
        link = InviteLink("127.0.0.1", 9, HubId(bytes(32)), bytes(16))
        alice = profile(tmp_path / "alice", link, "alice")
        async with sitting(alice, (120, 40), connect=False) as one:
            for count, height in ((3, 8), (100, 36)):
                cards = [Card(bytes([nth]), f"term {nth}.") for nth in range(count)]
                screen = TermsScreen("Why", cards)
                one.app.push_screen(screen)
                await one.sees("term 0.")
                await one.until(partial(_is_tall, screen, height))
                await one.press("end")
                await one.sees(f"▌term {count - 1}.")
                await one.sees("Back")
                await one.press("escape")
                await one.misses("term ")

    asyncio.run(run())
