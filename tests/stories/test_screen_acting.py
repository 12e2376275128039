"""What one does with messages, members and channels on the screen, and why not."""

from pathlib import Path

from tests.stories.hub import Hub
from tests.stories.screens import Sitting, shown, somebody, told


def test_a_reaction_is_given_and_taken_back(tmp_path: Path) -> None:
    """Picked from a list, or the one that is there by one key."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("it works")
        await mara.sees("it works")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "=")
        await mara.sees("No reaction is there yet")
        await mara.press("+", "enter")
        await mara.sees("[👍 1]")
        await mara.press("=")
        await mara.misses("👍")

    told(tmp_path, story)


def test_somebody_is_blocked_on_ones_own_screen_only(tmp_path: Path) -> None:
    """Their messages make room; z brings them back."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("noise")
        await mara.sees("noise")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "B")
        await mara.sees("(somebody you have blocked)")
        await mara.press("z")
        await mara.sees("noise")

    told(tmp_path, story)


def test_a_muted_channel_says_so(tmp_path: Path) -> None:
    """In the list, by m; m again hears it."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await mara.press("m")
        await mara.until(lambda: " muted " in mara.text)
        await mara.press("m")
        await mara.until(lambda: " muted " not in mara.text)

    told(tmp_path, story)


def test_a_report_asks_for_a_reason_and_can_be_stopped(tmp_path: Path) -> None:
    """It goes to the moderators only after some seconds."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("buy my coin")
        await mara.sees("buy my coin")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "exclamation_mark")
        await mara.sees("Report this message by bob")
        await mara.press("enter")
        await mara.sees("Report this message by bob")
        await mara.type("spam")
        await mara.press("enter")
        await mara.until(lambda: mara.screen.voice.delayed)
        await mara.press("z")
        await mara.until(lambda: not mara.screen.voice.delayed)

    told(tmp_path, story)


def test_a_key_that_can_do_nothing_says_why(tmp_path: Path) -> None:
    """Instead of being silent."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("it works")
        await mara.sees("it works")
        mara.screen.channel.timeline.focus()
        await mara.pilot.pause()
        await mara.press("exclamation_mark")
        await mara.sees("Select a message first: ↑.")
        await mara.sees("Ctrl+Q leaves hobnob.")
        await mara.press("up", "e")
        await mara.sees("That message is not your own.")
        assert "Select a message" not in mara.text
        await mara.press("R")
        await mara.sees("That message was not refused.")

    told(tmp_path, story)


def test_what_is_told_covers_nothing_that_one_types(tmp_path: Path) -> None:
    """It stands above the field."""

    async def story(hub: Hub, mara: Sitting) -> None:
        mara.screen.channel.timeline.focus()
        await mara.until(lambda: mara.screen.channel.timeline.has_focus)
        await mara.press("exclamation_mark")
        await mara.sees("Select a message first: ↑.")
        above, field = mara.text.split("Write in #general")
        assert "Select a message first" in above
        assert "▌" not in field
        # And not what was said since.
        await mara.press("i", *"hello", "enter")
        await mara.until(lambda: shown(mara) == ["hello"])
        await mara.misses("Select a message first")

    told(tmp_path, story)


def test_what_can_be_stopped_can_be_as_long_as_it_says_so(tmp_path: Path) -> None:
    """What else is done and told meanwhile takes it from nobody."""

    async def story(hub: Hub, mara: Sitting) -> None:
        mara.screen.channel.composer.focus()
        await mara.press(*"hello", "enter")
        await mara.sees("hello")
        await mara.until(lambda: not mara.screen.reader.outbox())
        mara.screen.channel.timeline.focus()
        await mara.press("up", "d")
        await mara.until(lambda: mara.screen.voice.delayed)
        await mara.press("s")
        await mara.sees("Saved")
        assert "Your message will be deleted" in mara.text
        await mara.press("h", "z")
        await mara.sees("Undone: saving.")
        assert mara.screen.voice.delayed
        await mara.press("z")
        await mara.until(lambda: not mara.screen.voice.delayed)
        await mara.sees("Undone: deleting.")

    told(tmp_path, story)
