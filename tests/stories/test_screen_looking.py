"""What is done with a message's text by keys: its links, its code, what it hides, what it said."""

from pathlib import Path

from hobnob_client.permalink import parse
from hobnob_protocol.ids import TargetId, target_of
from hobnob_protocol.kinds.messages import Edit
from tests.stories.client import Client
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, somebody, told

LINKS = "see [docs](https://docs.example/guide) and https://b.example/c, [x.example](https://y.example/)"


async def heard(bob: Client, mara: Sitting, text: str, sees: str) -> TargetId:
    """Bob says it, and mara has selected it."""
    target = bob.post(text)
    await mara.sees(sees)
    mara.screen.channel.timeline.focus()
    await mara.press("up")
    return TargetId(target[:16])


def test_a_link_is_chosen_by_number_and_copied(tmp_path: Path) -> None:
    """Where each leads is told whole; who has no desktop gets it copied, and is told so."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await heard(await somebody(hub, "bob"), mara, LINKS, "docs[1]")
        assert "x.example[3→y.example]" in mara.text
        await mara.press("L")
        await mara.sees("╭─ Links ")
        assert "▌  1  docs.example  docs" in mara.text
        assert "   2  b.example  /c" in mara.text
        await mara.press("3")
        await mara.sees("▌  3  y.example  x.example")
        await mara.sees("  https://y.example/ ")
        await mara.press("up", "y")
        await mara.until(lambda: mara.app.clipboard == "https://b.example/c")
        await mara.sees("Copied, if your terminal")

    told(tmp_path, story, (100, 30))


def test_without_a_selected_message_all_links_on_the_screen_are_offered(tmp_path: Path) -> None:
    """And where there is none, that is said."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        mara.screen.channel.timeline.focus()
        await mara.press("L")
        await mara.sees("No link on the screen.")
        bob.post("https://a.example/1")
        bob.post("[two](https://a.example/2)")
        await mara.sees("two[1]")
        await mara.press("L")
        await mara.sees("▌  1  a.example  /1")
        await mara.sees("   2  a.example  two")
        await mara.press("escape")
        await mara.misses("╭─ Links ")

    told(tmp_path, story)


def test_a_link_to_a_message_is_copied_and_leads_there(tmp_path: Path) -> None:
    """On another's screen too, from wherever they are."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        target = await heard(bob, mara, "the one that matters", "matters")
        await mara.press("Y")
        await mara.sees("Link copied:")
        link = parse(mara.app.clipboard)
        assert link is not None
        assert link.target == target
        assert link.stream == bob.channel("general")
        for nth in range(40):
            bob.post(f"line {nth}")
        bob.post(f"see [this]({mara.app.clipboard})")
        await mara.press("end")
        await mara.sees("this[1]")
        await mara.misses("the one that matters")
        await mara.press("up", "L", "enter")
        await mara.sees("the one that matters")
        row = mara.screen.channel.timeline.row
        assert row is not None
        assert row.target == target

    told(tmp_path, story)


def test_what_is_hidden_is_shown_by_a_key(tmp_path: Path) -> None:
    """And hidden again; a message that hides nothing says so."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await heard(await somebody(hub, "bob"), mara, "it was ||the butler||", "it was ▒▒▒")
        assert "the butler" not in mara.text
        await mara.press("S")
        await mara.sees("it was the butler")
        await mara.press("S")
        await mara.misses("the butler")
        bob = await somebody(hub, "ben")
        bob.post("plain")
        await mara.sees("plain")
        await mara.press("down", "S")
        await mara.sees("That message hides nothing.")

    told(tmp_path, story)


def test_code_is_copied_block_by_block(tmp_path: Path) -> None:
    """Without what stands around it, however much of it is seen."""

    async def story(hub: Hub, mara: Sitting) -> None:
        long = "x = " + "1 + " * 60 + "1"
        await heard(
            await somebody(hub, "bob"),
            mara,
            f"first\n```py\n{long}\n```\nthen\n```\nls\n```",
            "» cut: V shows",
        )
        await mara.press("C")
        await mara.until(lambda: mara.app.clipboard == long)
        await mara.sees("Block 1 of 2")
        await mara.press("C")
        await mara.until(lambda: mara.app.clipboard == "ls")

    told(tmp_path, story)


def test_what_a_message_said_before_is_shown_with_what_changed(tmp_path: Path) -> None:
    """Word by word, without colours; one that was never changed says so."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        general = bob.channel("general")
        said = target_of(bob.post("meet me at noon"))
        await mara.sees("meet me at noon")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "E")
        await mara.sees("never changed")
        bob.say(general, Edit(said, "meet me at nine"))
        await mara.sees("at nine")
        await mara.press("E")
        await mara.sees("╭─ What it said ")
        await mara.sees("meet me at [-noon-]{+nine+}")
        await mara.sees("  changed ")
        await mara.sees("  first ")
        await mara.press("escape")
        await mara.misses("╭─ What it said ")

    told(tmp_path, story)
