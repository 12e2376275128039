"""How loud a place is, threads one follows, keywords and quiet hours, with the hub away."""

from pathlib import Path

from hobnob_client.attention.wishes import Level, Wish
from hobnob_protocol.ids import StreamId, TargetId
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting


def general(one: Sitting) -> StreamId:
    """The channel that is open."""
    place = one.screen.channel.place
    assert place is not None
    return place.stream


def wish(one: Sitting, thread: TargetId | None = None) -> Wish:
    """What was set for it, or for a thread there."""
    return one.screen.reader.wishes().of(general(one), thread)


def test_a_level_is_chosen_and_undone(tmp_path: Path) -> None:
    """What holds is under the cursor; Escape changes nothing."""

    async def story(one: Sitting) -> None:
        await one.press("N")
        await one.sees("What pings in #general")
        await one.sees("▌● As anywhere else")
        await one.press("escape")
        await one.press("N", "home", "up", "up", "up", "up", "up", "up", "up", "enter")
        await one.sees("#general: all pings; z undoes it.")
        assert wish(one) == Wish(Level.ALL)
        await one.press("enter", "z")
        await one.sees("Undone: what pings.")
        assert wish(one) == Wish()

    offline(been_in_general(tmp_path), story)


def test_what_is_muted_for_a_while_says_until_when(tmp_path: Path) -> None:
    """It comes back as it was, by itself or by m."""

    async def story(one: Sitting) -> None:
        await one.press("N", "up", "up", "enter")
        await one.sees("#general: muted until")
        await one.sees("muted")
        assert wish(one).until_ms > 0
        await one.press("N")
        await one.sees("Muted until")
        await one.press("escape", "m")
        await one.sees("#general is heard again.")
        assert wish(one) == Wish()
        await one.press("m")
        await one.sees("#general is muted; m undoes it.")
        assert wish(one).muted
        await one.press("N")
        await one.sees("▌● Nothing · muted until you undo it")

    offline(been_in_general(tmp_path), story)


def test_a_thread_is_followed_and_not_any_more(tmp_path: Path) -> None:
    """From any message of it; N in the thread is about the thread."""

    async def story(one: Sitting) -> None:
        await one.press("enter", "up", "f")
        await one.sees("You follow this thread: all in it pings")
        root = one.screen.channel.timeline.selected
        assert root is not None
        assert wish(one, root) == Wish(Level.ALL)
        await one.press("enter")
        await one.sees("“a wheel” · followed")
        await one.press("N")
        await one.sees("What pings in #general ▸ a wheel")
        await one.sees("▌● All")
        await one.press("escape", "f")
        await one.sees("You follow this thread no more")
        await one.misses("“a wheel” · followed")
        assert wish(one, root) == Wish()

    offline(been_in_general(tmp_path), story)


def test_what_is_set_is_listed_changed_and_taken_away(tmp_path: Path) -> None:
    """Where nobody has said anything that is said."""

    async def story(one: Sitting) -> None:
        await one.press("f6")
        await one.sees("Nobody else has said anything in the last 7 days.")
        await one.press("x")
        await one.sees("Tab leads to what you have set")
        await one.press("tab", "x")
        await one.sees("Nothing is set there.")
        await one.press("a")
        await one.sees("/an expression/")
        await one.type("/(a/")
        await one.press("enter")
        await one.sees("/(a/ is no")
        await one.press("ctrl+u", *"wal", "enter")
        await one.sees("Keyword · wal · pings wherever it is said")
        await one.press("down", "enter")
        await one.sees("Keyword · wal · never pings")
        await one.press("x")
        await one.misses("Keyword · wal")
        await one.press("home", "enter")
        await one.sees("names a time zone")
        await one.type("mon-fri 22:00-07:00")
        await one.press("enter")
        await one.sees("Quiet hours · mon-fri 22:00-07:00")

    offline(been_in_general(tmp_path), story)
