"""Which pane has the focus, at every width, and which keys act there."""

from collections.abc import Callable
from pathlib import Path

from textual.widget import Widget

from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import key_name, of
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.spare import spare
from hobnob_client.tui.widgets.head import Head
from hobnob_client.tui.widgets.key_footer import KeyFooter
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, shown, somebody, told, write


def test_where_there_is_room_for_one_pane_one_goes_from_home_to_a_channel(tmp_path: Path) -> None:
    """By some letters; what was gone to is seen, and has the keys."""

    async def story(hub: Hub, mara: Sitting) -> None:
        mara.screen.rooms.show(Room.HOME)
        for beginning in ((), ("tab",)):
            mara.screen.channels.focus()
            await mara.press(*beginning, "ctrl+k")
            await mara.sees("Go to")
            await mara.type("gene")
            await mara.press("enter")
            await mara.sees("Write in #general")
            await mara.until(lambda: mara.app.focused is mara.screen.channel.timeline)
            await mara.press("escape")
            mara.screen.rooms.show(Room.HOME)

    told(tmp_path, story, (40, 15))


def test_every_width_shows_what_has_the_focus(tmp_path: Path) -> None:
    """On 40 columns one pane at a time, and no line is torn."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("a message that is long enough to be wrapped more than once on a small screen")
        await mara.until(lambda: shown(mara))
        assert "Channels" in mara.text
        assert "a message" not in mara.text
        await mara.press("enter")
        await mara.sees("a message that is long")
        assert "Channels" not in mara.text
        await mara.press("escape")
        await mara.sees("Channels")
        await mara.press("question_mark")
        await mara.sees("  The channel above.")

    told(tmp_path, story, (40, 15))


def test_the_footer_shows_the_keys_of_the_focused_pane(tmp_path: Path) -> None:
    """Of that pane and of everywhere, and what acts upon a message only where one is selected."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await write(mara, "hello")
        await mara.sees("hello")

        def offered(pane: Pane, *without: Needs, selected: bool = False) -> list[str]:
            actions = [*of(pane), *of(Pane.EVERYWHERE)]
            return [
                f"{key_name(action.keys[0])} {action.label}"
                for action in actions
                if action.label and action.needs not in without and not (selected and action.yields)
            ]

        def shows(pane: Pane, keys: list[str]) -> Callable[[], bool]:
            def holds() -> bool:
                found = mara.text.splitlines()[-1].strip().split("  ")
                named = [each for each in found if each in keys]
                spared = [each.partition(" ")[2] for each in found if each not in keys]
                return named == keys and set(spared) <= set(spare(pane).values())

            return holds

        talk = mara.screen.channel
        panes: list[tuple[Widget, Pane, list[str]]] = [
            (mara.screen.channels, Pane.CHANNELS, offered(Pane.CHANNELS)),
            (talk.composer, Pane.COMPOSER, offered(Pane.COMPOSER)),
            (talk.timeline, Pane.TIMELINE, offered(Pane.TIMELINE, *set(Needs) - {Needs.NOTHING})),
        ]
        for widget, pane, keys in panes:
            widget.focus()
            await mara.until(shows(pane, keys))
        await mara.press("up")
        await mara.until(lambda: mara.screen.channel.timeline.row is not None)
        without = (Needs.OTHERS, Needs.REFUSED, Needs.POLL)
        own = offered(Pane.TIMELINE, *without, selected=True)
        # What yields has room here all the same.
        await mara.until(shows(Pane.TIMELINE, [*own[:-1], "? Keys", own[-1]]))
        # Where there is a mouse, each is a button.
        mara.screen.channels.focus()
        await mara.until(shows(Pane.CHANNELS, offered(Pane.CHANNELS)))
        x = mara.text.splitlines()[-1].index("? Keys")
        await mara.pilot.click(KeyFooter, offset=(x, 0))
        await mara.sees("  The channel above.")

    told(tmp_path, story)


def test_the_ground_of_a_head_tells_where_the_focus_is(tmp_path: Path) -> None:
    """Of a room, and of a channel, be it in its field; not while one is in the list."""

    async def story(hub: Hub, mara: Sitting) -> None:
        screen = mara.screen
        talk, room = screen.channel.head, screen.rooms.pane.query_one(Head)

        def lit() -> list[bool]:
            return [each.styles.background.a > 0 for each in (talk, room)]

        for widget in (screen.channel.timeline, screen.channel.composer):
            widget.focus()
            await mara.until(lambda: lit() == [True, False])
        screen.channels.focus()
        await mara.until(lambda: lit() == [False, False])
        screen.rooms.go_to(Room.SAVED)
        await mara.until(lambda: lit() == [False, True])
        screen.channels.focus()
        await mara.until(lambda: lit() == [False, False])

    told(tmp_path, story)


def test_the_pane_that_has_the_keys_is_marked(tmp_path: Path) -> None:
    """At its head, where its messages have them, by a sign that needs no colour; there alone."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await write(mara, "hello")
        await mara.sees("hello")
        screen = mara.screen
        places: list[tuple[Widget, str]] = [
            (screen.channel.timeline, "▌ #general"),
            (screen.channel.composer, "  #general"),
            (screen.channels, "▌#general"),
        ]

        def marks(sign: str) -> Callable[[], bool]:
            return lambda: sign in mara.text and mara.text.count("▌") == sign.count("▌")

        for pane, sign in places:
            pane.focus()
            await mara.until(marks(sign))
        screen.rooms.show(Room.MENTIONS)
        screen.rooms.pane.entries.focus()
        # No entry is there that could be marked.
        await mara.sees("▌Mentions")
        await mara.misses("▌#general")

    told(tmp_path, story)


def test_above_the_messages_stands_their_day(tmp_path: Path) -> None:
    """Who reads further up knows of when it is."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await write(mara, "hello")
        await mara.until(lambda: mara.screen.channel.head.day)
        day = mara.screen.channel.head.day
        # At the head, and where the day begins.
        await mara.until(lambda: [day in line for line in mara.text.splitlines()].count(True) == 2)

    told(tmp_path, story)


def test_the_keys_of_everywhere_act_where_one_writes(tmp_path: Path) -> None:
    """Nothing of what is written is taken away by them."""

    async def story(hub: Hub, mara: Sitting) -> None:
        mara.screen.channel.composer.focus()
        await mara.type("half a thought")
        await mara.press("home")
        for key, seen in (("ctrl+k", "Go to"), ("ctrl+f", "Search"), ("ctrl+o", "Outbox")):
            await mara.press(key)
            await mara.sees(f"╭─ {seen} ")
            await mara.press("escape")
            await mara.misses(f"╭─ {seen} ")
        assert mara.screen.channel.composer.text == "half a thought"
        assert mara.app.focused is mara.screen.channel.composer

    told(tmp_path, story)


def test_who_presses_what_ends_other_programs_is_told_how_to_leave(tmp_path: Path) -> None:
    """Ctrl+C takes nothing away."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await mara.press("ctrl+c")
        await mara.sees("Ctrl+Q leaves")

    told(tmp_path, story)
