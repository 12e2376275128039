"""One member with two devices: what was begun at one screen is in the field of the other, and what
was set there is set here."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.feed.fewer import Fewer, Sort
from hobnob_client.feed.kept import all_of, to_bytes
from hobnob_client.feed.source import Spot
from hobnob_client.paths import Profile, default_profile
from hobnob_client.progress import LinkState
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.voice import Place
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.personal import Mute
from hobnob_protocol.sealing.draft import Draft
from tests.client.verbs.shell import Shell
from tests.stories.hub import running
from tests.stories.screens import Sitting, sitting
from tests.stories.waiting import until


async def _said(shell: Shell, *words: str) -> str:
    said = await asyncio.to_thread(shell.done, *words)
    return said.out.strip()


@asynccontextmanager
async def two_devices(tmp_path: Path) -> AsyncGenerator[tuple[Profile, Profile]]:
    """The profiles of mara's desk and of her phone; both have been on line."""
    desk, phone = Shell(tmp_path / "desk"), Shell(tmp_path / "phone")
    async with running(tmp_path / "hub") as hub:
        link = await hub.app.invite(1, 1.0)
        await _said(desk, "join", str(link), "--handle", "mara")
        code = await _said(desk, "device", "add")
        request = await _said(phone, "device", "request", code)
        await _said(desk, "device", "add", request)
        for shell in (desk, phone, desk):
            await _said(shell, "sync")
        yield default_profile({}, desk.home), default_profile({}, phone.home)


async def begun(mara: Sitting, text: str) -> Place:
    """She writes something and does not send it; where."""
    await mara.until(lambda: mara.screen.channel.place)
    await mara.sees("online")
    mara.screen.channel.composer.focus()
    await mara.type(text)
    place = mara.screen.channel.place
    assert place is not None
    return place


def field(mara: Sitting) -> str:
    """What stands in the field of the channel."""
    return mara.screen.channel.composer.text


def beside(mara: Sitting) -> list[str]:
    """What is kept beside it."""
    return [line.text for line in mara.screen.reader.drafts() if line.beside]


def test_what_was_begun_at_one_screen_is_on_the_other(tmp_path: Path) -> None:
    """She leaves the one and sits down at the other, and back; what is sent there is gone here."""

    async def run() -> None:
        async with two_devices(tmp_path) as (desk, phone):
            async with sitting(desk) as mara:
                await begun(mara, "half a")
            async with sitting(phone) as mara:
                await mara.until(lambda: field(mara) == "half a")
                await begun(mara, " thought")
            async with sitting(desk) as mara:
                await mara.until(lambda: field(mara) == "half a thought")
                mara.screen.channel.composer.focus()
                await mara.press("enter")
                await mara.until(lambda: not field(mara))
            async with sitting(phone) as mara:
                await mara.until(lambda: not field(mara))

    asyncio.run(run())


@asynccontextmanager
async def at_hand(phone: Profile) -> AsyncGenerator[Engine]:
    """Her phone, on line."""
    async with Engine(phone, keyring.load(phone)) as engine:
        await until(lambda: engine.link is LinkState.ONLINE)
        yield engine


def test_what_is_begun_elsewhere_comes_into_the_open_field(tmp_path: Path) -> None:
    """While nothing is written there; else one of the texts is in the field, and one beside it."""

    async def run() -> None:
        async with two_devices(tmp_path) as (desk, phone), sitting(desk) as mara:
            place = await begun(mara, "")
            async with at_hand(phone) as engine:
                await engine.private.draft(Draft(place.stream), "from the phone")
                await engine.private.share()
                await mara.until(lambda: field(mara) == "from the phone")
                await mara.type(", and here")
                await engine.private.draft(Draft(place.stream), "from the phone, twice")
                both = {"from the phone, and here", "from the phone, twice"}
                await mara.until(lambda: both <= {field(mara), *beside(mara)})

    asyncio.run(run())


def test_what_one_sees_fewer_of_elsewhere_is_known_at_the_open_screen(tmp_path: Path) -> None:
    """Each device keeps its own list: what this one was told stays, and is taken back here."""

    async def run() -> None:
        async with two_devices(tmp_path) as (desk, phone), sitting(desk, at_home=True) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            await mara.sees("online")
            place = mara.screen.channel.place
            assert place is not None
            now_ms = round(time.time() * 1_000)
            there = Fewer(Sort.THREAD, Spot(place.stream, TargetId(b"t" * 16)), now_ms)
            here = Fewer(Sort.THREAD, Spot(place.stream, None), now_ms)
            feeding, engine = mara.screen.rooms.feeding, mara.screen.engine
            mara.screen.rooms.show(Room.FEED)
            mara.screen.rooms.pane.entries.focus()
            await engine.private.keep_fewer(to_bytes((here,), now_ms))
            async with at_hand(phone) as other:
                await other.private.keep_fewer(to_bytes((there,), now_ms))
                await other.private.share()
                await mara.until(lambda: all_of(mara.screen.reader.sees_fewer()) == (there, here))
                await mara.press("R")
                await mara.until(lambda: feeding.fewer == (there, here))
                await engine.private.keep_fewer(b"")
                await engine.private.share()
                await until(lambda: all_of(other.reader.sees_fewer()) == (there,))
                await mara.press("R")
                await mara.until(lambda: feeding.fewer == (there,))

    asyncio.run(run())


def test_what_is_muted_elsewhere_is_muted_at_the_open_screen(tmp_path: Path) -> None:
    """At once where it is muted, and soon on the other device; and so is its end."""

    async def run() -> None:
        async with two_devices(tmp_path) as (desk, phone), sitting(desk) as mara:
            place = await begun(mara, "")
            async with at_hand(phone) as engine:
                await engine.private.set_up(Mute(place.stream))
                assert engine.reader.kept().muted == (place.stream,)
                await engine.private.share()
                await mara.sees("▸#general      muted")
                await engine.private.set_up(Mute(place.stream, None, on=False))
                await mara.misses("muted")

    asyncio.run(run())


def test_what_a_verb_gives_up_is_gone_from_the_open_field(tmp_path: Path) -> None:
    """The screen holds the link; the verb writes beside it into the same replica."""

    async def run() -> None:
        async with two_devices(tmp_path) as (desk, _), sitting(desk) as mara:
            await begun(mara, "half a thought")
            # It is kept while she types: of the whole of it the verb is told.
            await mara.until(
                lambda: [each.text for each in mara.screen.reader.drafts()] == ["half a thought"]
            )
            shell = Shell(tmp_path / "desk")
            name = json.loads(await _said(shell, "drafts", "--json"))["draft"]
            await _said(shell, "drafts", "drop", name)
            await mara.until(lambda: not field(mara))

    asyncio.run(run())
