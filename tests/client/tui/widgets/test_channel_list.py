"""The list is walked by keys, past its headings."""

import asyncio
from dataclasses import replace

from textual.app import App, ComposeResult

from hobnob_client.tui.listing import heading
from hobnob_client.tui.widgets.channel_list import ChannelList, Item, line_of, rule_of
from hobnob_protocol.ids import StreamId


def item(label: str, unread: int = 0) -> Item:
    """A channel or a conversation."""
    return Item(label, label, StreamId(label.encode()), unread, unread)


ITEMS = (item("#general"), heading("Conversations"), item("@bob"), heading("Open to join"))


class Shelf(App[None]):
    """The list alone."""

    def compose(self) -> ComposeResult:
        """It has the focus."""
        yield ChannelList()


def walked(items: tuple[Item, ...], *keys: str) -> tuple[str, str]:
    """The label under the cursor after some keys, and what is seen."""

    async def walk() -> tuple[str, str]:
        async with Shelf().run_test(size=(20, 6)) as pilot:
            shown = pilot.app.query_one(ChannelList)
            shown.items = items
            await pilot.press(*keys)
            found = shown.item
            seen = [shown.render_line(y).text for y in range(4)]
            return (found.label if found is not None else ""), "\n".join(seen)

    return asyncio.run(walk())


def test_a_heading_is_passed_by_and_told_from_a_name_without_colour() -> None:
    """Both ways, also at the end."""
    under, seen = walked(ITEMS, "down")
    assert under == "@bob"
    assert " ─ Conversations ── \n▌@bob" in seen
    assert walked(ITEMS, "down", "down")[0] == "@bob"
    assert walked(ITEMS, "down", "up")[0] == "#general"


def test_one_key_leads_to_either_end_and_a_screen_further() -> None:
    """Never onto a heading."""
    many = (*ITEMS[:3], item("@carol"), *(item(f"@m{nth}") for nth in range(9)))
    assert walked(many, "end")[0] == "@m8"
    assert walked(many, "G", "home")[0] == "#general"
    assert walked(many, "pagedown")[0] == "@m1"
    assert walked(many, "end", "pageup")[0] == "@m3"
    assert walked(ITEMS, "end")[0] == "@bob"
    assert walked((ITEMS[1], ITEMS[2]), "home")[0] == "@bob"
    assert walked((), "end", "pagedown")[0] == ""


def test_the_cursor_never_stays_on_a_heading() -> None:
    """Where the line above it is gone."""

    async def shrink() -> str:
        async with Shelf().run_test(size=(20, 6)) as pilot:
            shown = pilot.app.query_one(ChannelList)
            shown.items = (item("#a"), item("#b"), heading("Conversations"), item("@bob"))
            await pilot.press("down")
            shown.items = (item("#a"), heading("Conversations"), item("@bob"))
            return shown.item.label if shown.item is not None else ""

    assert asyncio.run(shrink()) == "@bob"


def test_a_line_is_as_wide_as_there_is_room() -> None:
    """However long the name."""
    assert line_of(item("@bob", 2), 10) == ("@bob    ", "@2")
    assert line_of(replace(item("@bob", 2), mark="✓"), 10) == ("@bob  ", "✓ @2")
    assert line_of(replace(item("@bob-the-long"), mark="✗STOP"), 12) == ("@bob-… ", "✗STOP")
    assert rule_of(heading("Conversations"), 10) == "─ Conve… ─"
    assert len(rule_of(heading("To join"), 20)) == 20


def test_what_has_no_room_is_counted_above_and_below() -> None:
    """In the first and the last line; the cursor is on neither, and where all fit neither is."""
    many = (*(item(f"@m{nth}") for nth in range(3)), item("@n", 1), heading("Open to join"))
    many = (*many, *(item(f"#c{nth}") for nth in range(6)))

    def seen(*keys: str) -> list[str]:
        async def walk() -> list[str]:
            async with Shelf().run_test(size=(20, 6)) as pilot:
                shown = pilot.app.query_one(ChannelList)
                shown.items = many
                await pilot.press(*keys)
                assert any(shown.render_line(y).text.startswith("▌") for y in range(6))
                return [shown.render_line(y).text.strip() for y in (0, 5)]

        return asyncio.run(walk())

    assert seen() == ["▌@m0", "↓ 6 more"]
    assert seen("down", "down", "down", "down") == ["↑ 3 more", "↓ 4 more"]
    assert seen("end") == ["↑ 5 more", "▌#c5"]
    assert "more" not in walked(ITEMS)[1]
