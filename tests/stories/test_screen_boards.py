"""Boards as a room of the screen: who has helped whom, unfolded, joined and left."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hobnob_client.catalogue import Language
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_protocol.ids import DIRECTORY, PEOPLE, ChannelId, target_of
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import AcceptAnswer
from tests.stories.client import Client
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.waiting import TestClock, until

A_MINUTE_AGO_MS = 60_000


def told(
    path: Path,
    story: Callable[[Sitting, Client], Awaitable[None]],
    size: tuple[int, int],
    language: Language = Language.ENGLISH,
) -> None:
    """Bob answered what Olga, who owns the hub, had asked; she thanked him; Mara looks on."""

    async def run() -> None:
        clock = TestClock(time.time_ns() // 1_000_000 - A_MINUTE_AGO_MS)
        async with running(path / "hub", clock) as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            await until(lambda: all("general" in each.channels() for each in (olga, bob)))
            general = olga.channel("general")
            root = target_of(olga.post("why is it locked?"))
            await until(lambda: "why is it locked?" in bob.texts())
            answer = target_of(bob.say(general, Post("a second writer", root)))
            bob.say(PEOPLE, Consent("recognition"))
            await until(lambda: "a second writer" in olga.texts())
            olga.say(general, AcceptAnswer(root, answer))
            olga.say(general, Thanks(answer, "it was"))
            await until(lambda: olga.settled and bob.settled)
            of = profile(path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, size, at_home=True, language=language) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.until(lambda: mara.screen.reader.message(general, answer))
                mara.screen.rooms.show(Room.BOARDS)
                mara.screen.rooms.pane.entries.focus()
                await story(mara, bob)

    asyncio.run(run())


def test_the_line_of_keys_offers_what_acts_upon_a_row_of_a_board(tmp_path: Path) -> None:
    """It is opened into what it came of, and the board is turned; nothing is answered or read."""

    async def story(mara: Sitting, _: Client) -> None:
        await mara.sees("Enter Open")
        footer = mara.text.splitlines()[-1]
        for offered in ("p Period", "c Channel", "t Take part", "w Why"):
            assert offered in footer
        for other in ("Reply", "Done", "Hide", "Save"):
            assert other not in footer

    told(tmp_path, story, (80, 24))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_board_unfolds_into_the_messages_it_came_of(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Enter unfolds and folds a row, on a line it goes to its message and Esc comes back; p turns
    the period, w tells the formula."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("  1 bob")
        await mara.sees("1 accepted answer")
        await mara.sees("1 first answer to a newcomer")
        await mara.sees("taking part: 1 of 3")
        await mara.sees("Only you see your own row until you join: t.")
        await mara.press("enter")
        await mara.sees("a second writer")
        await mara.press("enter")
        await mara.misses("a second writer")
        await mara.press("enter")
        await mara.sees("a second writer")
        await mara.press("down", "enter")
        await mara.until(lambda: mara.screen.rooms.room is None)
        await mara.press("escape")
        await mara.until(lambda: mara.screen.rooms.room is Room.BOARDS)
        await mara.press("w")
        await mara.sees("messages count 0")
        await mara.press("escape")
        await mara.press("p")
        await mara.sees("● year")
        await mara.sees("  1 bob")

    told(tmp_path, story, size)


def under(mara: Sitting) -> bytes:
    """The name of the entry under the cursor."""
    card = mara.screen.rooms.pane.entries.card
    return card.key if card is not None else b""


def test_a_board_that_is_looked_at_follows_what_counts(tmp_path: Path) -> None:
    """By itself; the row that is unfolded stays so, and one stays on the line one is on."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("  1 bob")
        await mara.press("enter")
        await mara.sees("a second writer")
        await mara.press("down")
        await mara.until(lambda: under(mara).startswith(b"event"))
        line = under(mara)
        await mara.screen.engine.compose(PEOPLE, Consent("recognition"))
        await mara.sees("taking part: 2 of 3")
        await mara.sees("a second writer")
        assert under(mara) == line
        bob.say(PEOPLE, Consent("recognition", on=False))
        await mara.sees("taking part: 1 of 3")
        await mara.misses("  1 bob")

    told(tmp_path, story, (80, 24))


def offered(mara: Sitting) -> list[str]:
    """What the list says in front of her, from the top."""
    return [item.label for item in mara.app.screen.query_one(ChannelList).items]


def test_a_board_is_of_one_channel_where_one_asks_for_it(tmp_path: Path) -> None:
    """By c and some letters; who has helped elsewhere is not on it, and everyone comes back."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("everyone  (c)")
        await mara.sees("  1 bob")
        engine = mara.screen.engine
        quiet = ChannelId(b"quiet".ljust(16, b"."))
        await engine.compose(DIRECTORY, ChannelCreate(quiet, "quiet"))
        await mara.until(lambda: (line := mara.screen.reader.channel("quiet")) and line.joined)
        await mara.press("c")
        await mara.sees("Whose board")
        await mara.sees("#quiet")
        # The channel one was in is likelier than what is shown already.
        assert offered(mara) == ["#general", "#quiet", "everyone"]
        await mara.type("zzz")
        await mara.sees("No channel here has that name.")
        await mara.press("ctrl+u")
        await mara.sees("#quiet")
        await mara.type("qui")
        await mara.press("enter")
        await mara.sees("#quiet  (c)")
        await mara.sees("Nobody who takes part has points yet")
        assert "  1 bob" not in mara.text
        await mara.press("c")
        await mara.sees("Whose board")
        await mara.type("gen")
        await mara.press("enter")
        await mara.sees("#general  (c)")
        await mara.sees("  1 bob")
        await mara.press("enter")
        await mara.sees("a second writer")
        await mara.press("c")
        await mara.sees("Whose board")
        assert offered(mara) == ["everyone", "#quiet", "#general"]
        await mara.press("enter")
        await mara.sees("everyone  (c)")
        await mara.sees("  1 bob")

    told(tmp_path, story, (80, 24))


def test_one_joins_and_leaves_by_a_key_and_who_leaves_is_gone(tmp_path: Path) -> None:
    """On all boards at once, for everybody."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("taking part: 1 of 3")
        await mara.press("t")
        await mara.sees("taking part: 2 of 3")
        await mara.sees("You take part; t leaves every board at once.")
        bob.say(PEOPLE, Consent("recognition", on=False))
        await until(lambda: bob.settled)
        await mara.press("t")
        await mara.sees("taking part: 0 of 3")
        await mara.misses("  1 bob")
        await mara.sees("Nobody who takes part has points yet")

    told(tmp_path, story, (80, 24))


def test_a_profile_shows_badges_and_of_ones_own_what_is_next(tmp_path: Path) -> None:
    """By P on a row of a board; of somebody who does not take part there is nothing to see."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("  1 bob")
        await mara.press("P")
        await mara.sees("@bob")
        await mara.sees("◆ First words (1)")
        assert "next:" not in mara.text
        bob.say(PEOPLE, Consent("recognition", on=False))
        await until(lambda: bob.settled)
        await mara.press("escape")
        await mara.misses("What they said last")
        await mara.press("P")
        await mara.sees("What they said last")
        await mara.misses("◆")

    told(tmp_path, story, (120, 40))


def test_one_hides_a_badge_of_ones_own(tmp_path: Path) -> None:
    """By h in the profile of oneself, and shows it again the same way; of others there is no h."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("  1 bob")
        await mara.press("P")
        await mara.sees("◆ First words (1)")
        assert "h Badges" not in mara.text
        await mara.press("escape")
        general = mara.screen.reader.channel("general")
        assert general is not None
        await mara.screen.engine.compose(general.stream, Post("hello"))
        await until(lambda: "hello" in bob.texts())
        mara.screen.rooms.knowing.show(mara.screen.reader.me)
        await mara.sees("◆ First words (1)")
        await mara.press("h")
        await mara.sees("Of a hidden one only you know that you have it.")
        await mara.sees("shown to all")
        await mara.press("enter")
        await mara.sees("◇ First words")
        await mara.press("escape")
        await mara.sees("· hidden")
        await mara.press("h", "enter")
        await mara.sees("shown to all")

    told(tmp_path, story, (120, 40))


def test_boards_speak_german(tmp_path: Path) -> None:
    """All of it."""

    async def story(mara: Sitting, bob: Client) -> None:
        await mara.sees("1 angenommene Antwort")
        await mara.sees("dabei: 1 von 3")

    told(tmp_path, story, (80, 24), Language.GERMAN)
