"""Who is verified, who is not, and who has taken another's place: said in words on the screen."""

from pathlib import Path

from hobnob_client.verifying import comparison
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.trust import Verify
from tests.stories.screens import Sitting
from tests.stories.test_screen_groups import told
from tests.stories.test_screen_talks import Friend


async def verified_another(mara: Sitting, under: str, other: str) -> None:
    """Mara has compared a number with `other`, who was called `under` then."""
    account = mara.screen.reader.account(other)
    assert account is not None
    own = user_stream(mara.screen.reader.me)
    await mara.screen.engine.compose(own, Verify(account, under))


def test_a_number_is_compared_and_the_mark_is_seen_everywhere(tmp_path: Path) -> None:
    """In the list, above the conversation, among its members, without any colour; and taken back
    the same way. Both see the same number."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await bob.writes("mara", "is it you?")
        await mara.sees("─ New to you ─")
        await mara.sees_unread("@bob")
        await mara.press("n")
        await mara.sees("is it you?")
        await mara.press("w")
        await mara.sees("@bob · ○ not compared")
        await mara.press("v")
        await mara.sees("Is it really @bob?")
        number = comparison(bob.reader, await bob.knows("mara")).lines
        assert all(line in mara.text for line in number)
        await mara.press("y")
        await mara.sees("@bob · ✓ verified")
        await mara.press("escape")
        await mara.sees("@bob · sealed · ✓ verified")
        await mara.until(lambda: any("@bob" in x and "✓" in x for x in mara.text.splitlines()[3:]))
        await mara.press("w", "v", "u")
        await mara.sees("@bob · ○ not compared")

    told(tmp_path, story, (120, 30))


def test_a_number_is_typed_and_another_one_is_a_stop(tmp_path: Path) -> None:
    """However it is spaced; nobody is marked by a wrong one, and a part of one is no other."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await mara.press("@", "b", "enter")
        await mara.sees("Write in @bob")
        await mara.press("escape", "w", "v", "t")
        await mara.sees("The number as @bob has it")
        await mara.type("12345")
        await mara.press("enter")
        await mara.sees("That has 5 digits, and the number 60")
        assert "STOP" not in mara.text
        await mara.type(" 12345" * 11)
        await mara.press("enter")
        await mara.sees("STOP: that is not the number")
        await mara.press("v", "n")
        await mara.sees("Either one of you has read the number of somebody else")
        await mara.press("escape")
        assert mara.screen.reader.known().verified == {}
        await mara.press("v", "t")
        await mara.type("".join(comparison(bob.reader, await bob.knows("mara")).groups))
        await mara.press("enter")
        await mara.sees("@bob · ✓ verified")

    told(tmp_path, story, (120, 40))


def test_who_takes_anothers_place_is_a_hard_stop(tmp_path: Path) -> None:
    """Whoever begins with them, opens what there is, or writes; the text stays, and it says what to
    do. After the two have compared anew it is over."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await bob.writes("mara", "hello")
        await mara.sees_unread("@bob")
        await verified_another(mara, "bob", "carol")
        await mara.sees("✗STOP")
        await mara.press("@", "b", "enter")
        await mara.sees("STOP: @bob is not the account that you have")
        await mara.sees("What to do: ask them by another way")
        await mara.press("escape")
        await mara.misses("✗ STOP ━")
        await mara.press("escape", "escape", "enter")
        await mara.sees("✗ STOP ━")
        await mara.press("escape")
        await mara.misses("✗ STOP ━")
        await mara.sees("@bob · ✗ STOP: not who they were")
        await mara.press("i")
        await mara.type("my secret")
        await mara.press("enter")
        await mara.sees("✗ STOP ━")
        await mara.press("escape")
        await mara.misses("✗ STOP ━")
        await mara.until(lambda: mara.screen.channel.composer.text == "my secret")
        assert not mara.screen.reader.outbox()
        await mara.press("escape", "&", "b", "enter", "enter")
        await mara.sees("✗ STOP ━")
        await mara.press("v", "y")
        await mara.sees("@bob is verified.")
        await mara.misses("✗")
        await mara.press("i", "enter")
        await bob.reads("mara", "hello", "my secret")

    told(tmp_path, story)
