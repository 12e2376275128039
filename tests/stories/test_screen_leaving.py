"""Who has joined a public channel on the screen leaves it there, too."""

import asyncio
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.voice import Place
from hobnob_protocol.ids import ChannelId, channel_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Leave
from hobnob_protocol.kinds.moderation import Kick
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, begin, profile, sitting, told
from tests.stories.test_screen_talks import Friend
from tests.stories.test_screen_talks import told as told_with_friend
from tests.stories.waiting import until

DEN = channel_stream(ChannelId(bytes(range(16))))


def lists(mara: Sitting, label: str) -> bool:
    """Is that a line of her list?"""
    return any(item.label == label for item in mara.screen.channels.items)


async def at_home(mara: Sitting) -> None:
    """Wait until she is at Home, with the keys there."""
    entries = mara.screen.rooms.pane.entries
    await mara.until(lambda: mara.screen.rooms.room is Room.HOME and mara.app.focused is entries)


async def writes_on(mara: Sitting, text: str) -> None:
    """Wait until that is in the field of the channel that is open, and the channel is."""
    await mara.until(
        lambda: mara.screen.channel.place and mara.screen.channel.composer.text == text
    )


def drafts(mara: Sitting) -> list[str]:
    """What she has begun anywhere."""
    return [line.text for line in mara.screen.reader.drafts()]


def test_a_channel_is_left_unless_that_is_undone_and_joined_again(tmp_path: Path) -> None:
    """Until the hub has heard of it one may come back; what was begun there is kept."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await begin(mara, "half a thought")
        await mara.press("alt+l")
        await mara.sees("You will leave #general")
        await at_home(mara)
        await mara.press("z")
        await mara.sees("Undone: leaving #general.")
        await writes_on(mara, "half a thought")
        assert not mara.screen.voice.delayed
        mara.screen.channels.focus()
        await mara.until(lambda: mara.app.focused is mara.screen.channels)
        mara.screen.channels.to_last()
        await mara.press("alt+l")
        await mara.until(lambda: mara.screen.voice.delayed)
        # From the list one leaves one after the other: the keys stay there.
        await mara.sees("Nothing needs you")
        assert mara.app.focused is mara.screen.channels
        await mara.screen.voice.say_delayed()
        await mara.until(lambda: lists(mara, "#general (join)"))
        assert mara.screen.channel.place is None
        assert "half a thought" not in mara.text
        # By Ctrl+K as in the list: one is there once the hub has heard of it.
        await mara.press("ctrl+k", *"general", "enter")
        await mara.sees("Joining #general.")
        await mara.until(lambda: lists(mara, "#general"))
        await mara.until(lambda: mara.app.focused is mara.screen.channel.timeline)
        await writes_on(mara, "half a thought")

    told(tmp_path, story)


def test_with_the_hub_away_it_waits_and_says_so(tmp_path: Path) -> None:
    """In the list it stays until the hub has heard of it."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of) as mara:
                await mara.until(lambda: mara.screen.channel.place)
            async with sitting(of, connect=False) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.press("i")
                composer = mara.screen.channel.composer
                await mara.until(lambda: mara.app.focused is composer)
                await mara.type("/leave")
                await mara.press("enter")
                await mara.sees("You will leave #general")
                await at_home(mara)
                await mara.sees("You leave #general as soon as")
                assert lists(mara, "#general")
                assert len(mara.screen.reader.outbox()) == 1
                await mara.press("ctrl+o")
                await mara.sees("1 waits: sent as soon as the hub answers")
                await mara.sees("leaving")
            async with sitting(of) as mara:
                await mara.until(lambda: lists(mara, "#general (join)"))
                await mara.until(lambda: not mara.screen.reader.outbox())

    asyncio.run(run())


def test_who_leaves_one_channel_finds_another_behind_home(tmp_path: Path) -> None:
    """And one that is by invitation is left by nobody who could not come back."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            link = hub.app.owner_invite
            assert link is not None
            of = profile(tmp_path / "olga", link, "olga")
            async with Engine(of, keyring.load(of)) as engine:
                await until(lambda: engine.reader.channel("general"))
                await engine.compose(DEN, ChannelCreate(ChannelId(DEN[2:]), "den"))
                await until(lambda: DEN in engine.reader.streams() and not engine.reader.outbox())
            async with sitting(of) as olga:
                await olga.until(lambda: lists(olga, "⌂den") and lists(olga, "#general"))
                general = next(
                    item.stream for item in olga.screen.channels.items if item.label == "#general"
                )
                assert general is not None
                olga.screen.entering.open_channel(general)
                await olga.until(lambda: olga.screen.channel.place == Place(general))
                olga.screen.channel.timeline.focus()
                await olga.until(lambda: olga.app.focused is olga.screen.channel.timeline)
                await olga.press("alt+l")
                await olga.sees("You will leave #general")
                await at_home(olga)
                await olga.until(lambda: olga.screen.channel.place == Place(DEN))
                await olga.screen.voice.say_delayed()
                await olga.until(lambda: lists(olga, "#general (join)"))
                olga.screen.channel.timeline.focus()
                await olga.until(lambda: olga.screen.rooms.room is None)
                await olga.press("alt+l")
                await olga.sees("#den is by invitation")
                assert not olga.screen.voice.delayed

    asyncio.run(run())


def test_a_conversation_is_not_left_so(tmp_path: Path) -> None:
    """It says what is."""

    async def story(bob: Friend, mara: Sitting) -> None:
        await mara.press("at")
        await mara.sees("@bob")
        await mara.press("b", "enter")
        composer = mara.screen.channel.composer
        await mara.until(lambda: mara.app.focused is composer)
        await mara.sees("only you two can read this")
        await mara.press("alt+l")
        await mara.sees("A conversation stays;")
        assert not mara.screen.voice.delayed

    told_with_friend(tmp_path, story)


def test_who_is_put_out_of_a_channel_while_writing_there_finds_themselves_in_the_list(
    tmp_path: Path,
) -> None:
    """What was begun there is kept, and no letter of it is said elsewhere."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            olga = await hub.owner()
            await until(lambda: "general" in olga.channels())
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (120, 40)) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                general = olga.channel("general")
                await begin(mara, "half a thought")
                olga.say(general, Kick(mara.screen.reader.me, "go and cool down"))
                await mara.sees("You are not in that channel")
                await mara.sees("is kept under Drafts")
                await mara.until(lambda: mara.app.focused is mara.screen.channels)
                await mara.sees("Nothing needs you")
                assert mara.screen.channel.place is None
                await mara.until(lambda: drafts(mara) == ["half a thought"])

    asyncio.run(run())


def test_what_was_left_on_another_device_is_left_here_too(tmp_path: Path) -> None:
    """Also where one looks at it."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                general = mara.screen.channel.place
                assert general is not None
                mara.screen.channel.timeline.focus()
                await mara.screen.engine.compose(general.stream, Leave())
                await mara.sees("You are not in that channel")
                await mara.until(lambda: lists(mara, "#general (join)"))
                assert mara.screen.channel.place is None

    asyncio.run(run())
