"""Finding on the screen: as one types, explained and completed, there and back, kept, by day."""

from pathlib import Path

import pytest

from hobnob_client.tui.screens.search import SearchScreen
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, somebody, told


async def fox_among_fillers(hub: Hub, mara: Sitting, fillers: int = 60) -> None:
    """Bob has said something, and then much; all of it can be found."""
    bob = await somebody(hub, "bob")
    bob.post("the quick brown fox")
    for nth in range(fillers):
        bob.post(f"filler {nth}")
    last = f"filler {fillers - 1}"
    await mara.until(lambda: mara.screen.reader.search(f'"{last}"', 5))
    await mara.until(lambda: mara.screen.reader.search("quick brown", 5))


def test_enter_goes_to_a_hit_and_esc_comes_back_to_the_search(tmp_path: Path) -> None:
    """With what was typed and what was selected; one step further back is where one was."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara)
        await mara.press("slash")
        await mara.type("in:#general -filler ")
        await mara.sees("the quick brown fox")
        await mara.press("enter")
        row = mara.screen.channel.timeline.row
        assert row is not None
        assert row.text == "the quick brown fox"
        await mara.press("escape")
        await mara.sees("in:#general -filler")
        await mara.until(lambda: "▸ hit    bob" in mara.text)
        await mara.press("escape")
        await mara.misses("in:#general -filler")
        await mara.press("escape")
        await mara.until(lambda: mara.app.screen is mara.screen)
        assert mara.screen.focused is mara.screen.channels

    told(tmp_path, story)


def test_a_hit_is_seen_though_a_thread_stood_in_the_place_of_its_channel(tmp_path: Path) -> None:
    """So is the channel when it is chosen by name; where there is room for both, both stay."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 3)
        await mara.press("n")
        await mara.sees("filler 2")
        await mara.press("up", "r")
        await mara.type("what is left?")
        await mara.press("enter", "escape")
        await mara.until(lambda: mara.screen.focused is mara.screen.thread.timeline)
        for keys in (("slash", *"quick ", "enter"), ("ctrl+k", *"general", "enter")):
            await mara.press(*keys)
            await mara.sees("the quick brown fox")
            await mara.until(lambda: mara.screen.focused is mara.screen.channel.timeline)
            assert mara.screen.thread.place is None
            await mara.press("end", "up", "enter")
            await mara.until(lambda: mara.screen.focused is mara.screen.thread.timeline)

    told(tmp_path, story, (80, 24))


def test_keys_that_follow_fast_act_upon_what_was_typed(tmp_path: Path) -> None:
    """Enter waits for no search, and goes where the whole query leads."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara)
        await mara.press("slash", *"quick bro", "enter", "escape", *"wn", "enter")
        row = mara.screen.channel.timeline.row
        assert row is not None
        assert row.text == "the quick brown fox"

    told(tmp_path, story)


def test_what_is_wrong_in_a_query_is_explained_and_tab_puts_it_right(tmp_path: Path) -> None:
    """An operator, a name; then what is offered one after the other."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("form:bob")
        await mara.sees("from: may be")
        await mara.press("tab")
        await mara.sees("from:bob")
        await mara.type(" in:#genral ")
        await mara.sees("No channel or conversation here is called #genral")
        await mara.press("left", "tab")
        await mara.sees("in:general")
        await mara.press("ctrl+u")
        await mara.type("is:re")
        await mara.sees("Tab  reply  resolved")
        await mara.press("tab", "tab")
        await mara.sees("is:resolved")
        await mara.press("tab")
        await mara.sees("is:reply")

    told(tmp_path, story, (120, 40))


def test_months_are_counted_and_what_stands_around_a_hit_is_seen(tmp_path: Path) -> None:
    """All hits, not only those that are listed at first."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 70)
        await mara.press("slash")
        await mara.type("filler")
        await mara.sees("70 hits · 20")
        await mara.until(lambda: "before bob" in mara.text and "▸ hit    bob" in mara.text)
        await mara.press(*["up"] * 68)
        await mara.until(lambda: "▸ hit    bob            filler 1" in mara.text)
        assert "before bob            filler 0" in mara.text
        assert "after  bob            filler 2" in mara.text

    told(tmp_path, story)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_the_search_is_no_taller_than_what_it_finds(tmp_path: Path, size: tuple[int, int]) -> None:
    """Few hits leave the rest of the screen to be seen; many have all of it, and few again less."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara)
        whole = mara.screen.size.height
        await mara.press("slash")
        search = mara.app.screen
        assert isinstance(search, SearchScreen)
        box = search.query_one("#search")
        for _ in range(2):
            await mara.type("quick ")
            await mara.until(lambda: "▸ hit    bob" in mara.text)
            await mara.until(lambda: box.size.height < whole * 2 // 3)
            assert search.timeline.row is not None
            assert "the quick brown fox" in mara.text
            search.field.value = ""
            await mara.type("filler ")
            await mara.until(lambda: box.size.height > whole * 3 // 4)
            await mara.until(lambda: "filler 59" in mara.text)
            search.field.value = ""

    told(tmp_path, story, size)


def test_a_hit_that_comes_while_one_looks_is_found(tmp_path: Path) -> None:
    """The selection stays."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("fox ")
        await mara.sees("1 found in")
        bob = await somebody(hub, "eve")
        bob.post("another fox")
        await mara.sees("another fox")
        await mara.sees("2 found in")
        await mara.sees("▸ hit    bob")

    told(tmp_path, story)


def test_a_search_that_is_kept_stands_among_the_channels(tmp_path: Path) -> None:
    """With what is unread in it; Enter opens it, and what is kept twice is dropped."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("fox")
        await mara.press("ctrl+s", "escape")
        await mara.until(lambda: "/fox" in mara.text and "─ Searches ─" in mara.text)
        bob = await somebody(hub, "eve")
        bob.post("one more fox")
        await mara.until(lambda: any("/fox" in line and " 2 " in line for line in lines(mara)))
        await mara.press("down", "enter")
        await mara.until(lambda: isinstance(mara.app.screen, SearchScreen))
        await mara.sees("one more fox")
        await mara.press("backspace", "ctrl+s", "escape")
        await mara.misses("/fox")

    told(tmp_path, story)


def lines(mara: Sitting) -> list[str]:
    """What is seen, line by line."""
    return mara.text.splitlines()


def test_who_finds_nothing_may_ask(tmp_path: Path) -> None:
    """The words are begun where one was; nothing is sent."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("who has seen a badger?")
        await mara.sees("Ctrl+N asks #general")
        await mara.press("ctrl+n")
        await mara.until(lambda: mara.screen.channel.composer.text == "who has seen a badger?")
        assert mara.screen.focused is mara.screen.channel.composer
        assert mara.screen.reader.outbox() == ()

    told(tmp_path, story)


def test_one_jumps_to_a_day(tmp_path: Path) -> None:
    """What is no day is told; one after all that was said, too."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara)
        mara.screen.channel.timeline.focus()
        await mara.press("J")
        await mara.type("someday")
        await mara.press("enter")
        await mara.sees("That is no day.")
        await mara.press("ctrl+u")
        await mara.type("1d")
        await mara.press("enter")
        row = mara.screen.channel.timeline.row
        assert row is not None
        assert row.text == "the quick brown fox"
        await mara.press("J", *"2099", "enter")
        await mara.sees("Nothing was said here on 1 ")

    told(tmp_path, story)


def test_every_size_has_room_for_a_search(tmp_path: Path) -> None:
    """On 40 columns and 15 lines the hits are seen, without what stands around them."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("fox")
        await mara.sees("the quick brown fox")
        await mara.sees("1 found in")
        assert "▸ hit" not in mara.text

    told(tmp_path, story, (40, 15))


def test_a_command_that_was_typed_into_the_search_is_done_where_it_finds_nothing(
    tmp_path: Path,
) -> None:
    """The slash has opened the search; what stands in messages is found, and the command named."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("msg bob the fox")
        await mara.sees("Enter does it as a command: /msg bob the fox")
        await mara.press("enter")
        await mara.sees("Write in @bob")
        await mara.sees("the fox")
        await mara.press("escape", "slash")
        await mara.sees("what you look for")
        await mara.type("theme pink")
        await mara.sees("Enter does it as a command")
        await mara.press("enter")
        await mara.sees("There is no theme pink")
        bob = await somebody(hub, "bob2")
        bob.post("quit while you are ahead")
        await mara.until(lambda: mara.screen.reader.search("ahead", 5))
        await mara.press("slash")
        await mara.sees("what you look for")
        await mara.type("quit")
        await mara.sees("/quit is a command where one writes")
        await mara.sees("quit while you are ahead")

    told(tmp_path, story)


def test_where_nothing_has_all_of_a_query_tab_leaves_out_what_is_too_much(tmp_path: Path) -> None:
    """The last word first; what then is found is told before."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await fox_among_fillers(hub, mara, 2)
        await mara.press("slash")
        await mara.type("quick red fox")
        await mara.sees("No message has all of this. Tab: quick fox")
        await mara.press("tab")
        await mara.sees("the quick brown fox")
        assert "1 found" in mara.text

    told(tmp_path, story)


def test_a_query_that_is_whole_says_that_it_finds_nothing_whatever_else_begins_so(
    tmp_path: Path,
) -> None:
    """Somebody is called as the word for oneself begins."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await somebody(hub, "mel")
        await mara.until(lambda: mara.screen.reader.account("mel"))
        await mara.press("slash")
        await mara.type("from:me")
        await mara.sees("No message on this device has this")
        await mara.sees("Tab  me  mel")

    told(tmp_path, story)
