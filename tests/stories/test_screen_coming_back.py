"""A start on the same day begins where one left; every other at Home, which tells what waits."""

from datetime import date, timedelta
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.config import Settings
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.membership import Leave
from tests.stories.client import Client
from tests.stories.hub import Hub
from tests.stories.screens import AT_HOME, Sitting, shown, sitting, somebody, told_of
from tests.stories.test_screen_talks import friend
from tests.stories.waiting import until

SIZE = (100, 20)
SAID = 60
TODAY = date(2026, 3, 14)
BACK = Settings()


async def _reads(hub: Hub, mara: Sitting) -> Client:
    """In #general, where much was said, with the keys among what was; who said it."""
    await mara.until(lambda: mara.screen.channel.place)
    bob = await somebody(hub, "bob")
    for nth in range(SAID):
        bob.post(f"line {nth} of a talk")
    await mara.until(lambda: len(shown(mara)) == SAID)
    mara.screen.entering.open_channel(_place(mara))
    mara.screen.framing.read_channel()
    await mara.until(lambda: mara.screen.rooms.room is None)
    await mara.until(lambda: mara.screen.channel.timeline.has_focus)
    await mara.press("G")
    await mara.sees(f"line {SAID - 1} of a talk")
    return bob


def _place(mara: Sitting) -> StreamId:
    place = mara.screen.channel.place
    assert place is not None
    return place.stream


def _seen(mara: Sitting) -> list[str]:
    """The lines of what is said, as they are drawn."""
    return mara.lines(mara.screen.channel.timeline)


async def _is_back(mara: Sitting, lines: list[str]) -> None:
    await mara.until(lambda: mara.screen.rooms.room is None and _seen(mara) == lines)


async def _is_at_home(mara: Sitting) -> None:
    await mara.until(lambda: mara.screen.rooms.room is Room.HOME)


def test_one_reads_on_where_one_left(tmp_path: Path) -> None:
    """The same lines, the same message selected, and the keys act upon it."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            await _reads(hub, mara)
            timeline = mara.screen.channel.timeline
            await mara.press("pageup", "pageup", "up", "up")
            await mara.until(lambda: timeline.selected and not timeline.viewport.follows)
            lines, selected = _seen(mara), timeline.selected
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            await _is_back(mara, lines)
            timeline = mara.screen.channel.timeline
            assert timeline.selected == selected
            await mara.until(lambda: timeline.has_focus)
            await mara.press("up")
            await mara.until(lambda: timeline.selected != selected)

    told_of(tmp_path, story)


def test_a_thread_and_what_is_begun_in_its_field_stand_there_again(tmp_path: Path) -> None:
    """One writes on."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            await _reads(hub, mara)
            await mara.press("up", "up", "enter")
            field = mara.screen.thread.composer
            await mara.until(lambda: mara.screen.thread.timeline.has_focus)
            root = mara.screen.thread.place
            await mara.press("i")
            await mara.until(lambda: field.has_focus)
            await mara.type("half a thought")
            await mara.until(lambda: field.text == "half a thought")
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            field = mara.screen.thread.composer
            await mara.until(lambda: field.has_focus and field.text == "half a thought")
            assert mara.screen.thread.place == root
            await mara.type(", whole")
            await mara.until(lambda: field.text == "half a thought, whole")

    told_of(tmp_path, story)


def test_who_looked_at_the_end_begins_at_what_was_said_since(tmp_path: Path) -> None:
    """As on every way into a channel."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            bob = await _reads(hub, mara)
            await mara.screen.rooms.marking.read(_place(mara))
            end, place = _seen(mara), _place(mara)
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            await _is_back(mara, end)
            assert mara.screen.channel.timeline.viewport.follows
        for nth in range(SAID):
            bob.post(f"line {nth} of another talk")
        async with Engine(of, keyring.load(of)) as engine:
            await until(lambda: len(engine.reader.before(place, None, 200).messages) == 2 * SAID)
        async with sitting(of, SIZE, at_home=True, settings=BACK, connect=False) as mara:
            await mara.sees("━ new ━")
            await mara.sees("line 0 of another talk")
            assert mara.screen.rooms.room is None

    told_of(tmp_path, story)


def test_another_day_begins_at_home(tmp_path: Path) -> None:
    """It tells what needs one; and so it does for who left a room, or wants it."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, SIZE, at_home=True, settings=BACK, today=TODAY) as mara:
            await _reads(hub, mara)
            lines = _seen(mara)
        async with sitting(of, SIZE, at_home=True, settings=AT_HOME, today=TODAY) as mara:
            await _is_at_home(mara)
            mara.screen.rooms.leave()
        async with sitting(of, SIZE, at_home=True, settings=BACK, today=TODAY) as mara:
            await _is_back(mara, lines)
        tomorrow = TODAY + timedelta(days=1)
        async with sitting(of, SIZE, at_home=True, settings=BACK, today=tomorrow) as mara:
            await _is_at_home(mara)
        async with sitting(of, SIZE, at_home=True, settings=BACK, today=tomorrow) as mara:
            await _is_at_home(mara)

    told_of(tmp_path, story)


def test_a_place_that_is_gone_is_not_come_back_to(tmp_path: Path) -> None:
    """Another device may have left it meanwhile."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            await _reads(hub, mara)
            place = _place(mara)
            await mara.screen.engine.compose(place, Leave())
            await mara.until(lambda: mara.screen.channel.place is None)
        async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
            await _is_at_home(mara)

    told_of(tmp_path, story)


def test_a_conversation_is_come_back_to(tmp_path: Path) -> None:
    """What was said under seal stands there again, and what is begun in its field."""

    async def story(hub: Hub, of: Profile) -> None:
        async with friend(hub, tmp_path, "bob") as bob:
            async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.until(lambda: mara.screen.reader.account("bob"))
                account = mara.screen.reader.account("bob")
                assert account is not None
                assert mara.screen.write_to(account)
                composer = mara.screen.channel.composer
                await mara.until(lambda: composer.has_focus)
                await mara.type("between us")
                await mara.press("enter")
                await bob.reads("mara", "between us")
                await mara.until(lambda: not mara.screen.reader.outbox())
                await mara.type("half a thought")
                await mara.until(lambda: composer.text == "half a thought")
                place = _place(mara)
            async with sitting(of, SIZE, at_home=True, settings=BACK) as mara:
                composer = mara.screen.channel.composer
                await mara.until(lambda: composer.has_focus and composer.text == "half a thought")
                await mara.sees("between us")
                assert _place(mara) == place

    told_of(tmp_path, story)
