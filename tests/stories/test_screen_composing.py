"""What helps one write on the screen: names, commands, changes, quotes, threads and thanks."""

from pathlib import Path

from hobnob_protocol.ids import DIRECTORY, ChannelId
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_sync.views.message import Message
from tests.stories.client import Client
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, shown, somebody, told, write
from tests.stories.waiting import until


def posts(client: Client) -> list[Post]:
    """What somebody else has got of #general."""
    return client.bodies(client.channel("general"), Post)


def messages(mara: Sitting) -> tuple[Message, ...]:
    """What is said in the channel that is open."""
    place = mara.screen.channel.place
    assert place is not None
    return mara.screen.reader.before(place.stream, None, 50).messages


def test_what_is_begun_is_offered_and_taken_only_if_chosen(tmp_path: Path) -> None:
    """Enter sends as long as nobody has chosen; Tab takes, Esc closes and stays."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("anybody here?")
        await mara.sees("anybody here?")
        await mara.press("i")
        await mara.type("hello @b")
        await mara.sees("@bob  speaks here")
        await mara.press("tab")
        await mara.type("and :ta")
        await mara.sees("🎉 :tada:")
        await mara.press("down", "enter")
        await mara.until(lambda: mara.screen.channel.composer.text == "hello @bob and 🎉 ")
        await mara.press("enter")
        await until(lambda: "hello @bob and 🎉 " in bob.texts())
        (said,) = [each for each in posts(bob) if each.text.startswith("hello")]
        assert len(said.mentions) == 1
        await mara.type("/sea")
        await mara.sees("/search [query]")
        await mara.press("escape")
        await mara.misses("/search [query]")
        await mara.until(lambda: mara.app.focused is mara.screen.channel.composer)
        await mara.press("ctrl+u")
        await mara.type(":tada:")
        await mara.until(lambda: mara.screen.channel.composer.text == "🎉")

    told(tmp_path, story)


def test_who_is_nobody_and_what_is_no_command_is_said_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    """Above the field, which keeps the text; a second Enter says a name as it is."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "hi @bobb")
        await mara.sees("Nobody here is called @bobb. Do you mean @bob?")
        assert shown(mara) == []
        await mara.press("enter")
        await until(lambda: "hi @bobb" in bob.texts())
        await write(mara, "/jion x")
        await mara.sees("There is no /jion. Do you mean /join?")
        assert mara.screen.channel.composer.text == "/jion x"
        await mara.press("ctrl+u")
        await write(mara, "//etc is a folder")
        await until(lambda: "/etc is a folder" in bob.texts())

    told(tmp_path, story)


def test_what_is_meant_for_the_screen_is_not_told_to_everybody(tmp_path: Path) -> None:
    """A command behind blanks is one, blanks alone go, and `:q` is how other programs are left."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await somebody(hub, "bob")
        composer = mara.screen.channel.composer
        await mara.until(lambda: mara.screen.channel.timeline.blank)
        composer.focus()
        await mara.sees("message below.")
        await write(mara, "   ")
        await mara.until(lambda: composer.text == "")
        await mara.type("  /jo")
        await mara.sees("/join #channel")
        await mara.press("tab")
        await mara.until(lambda: composer.text == "  /join ")
        await mara.press("ctrl+u")
        await write(mara, "  /jion x")
        await mara.sees("There is no /jion.")
        await mara.press("ctrl+u")
        await write(mara, ":q")
        await mara.sees("Ctrl+Q leaves hobnob. Enter again posts it as it is.")
        assert shown(mara) == []
        await mara.press("ctrl+u", "escape")
        await mara.sees("i writes the")

    told(tmp_path, story)


def test_what_was_cut_comes_back_and_what_was_said_too(tmp_path: Path) -> None:
    """As in a shell; the draft waits meanwhile."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await write(mara, "first words")
        await mara.sees("first words")
        await mara.type("one two three")
        await mara.press("ctrl+w", "ctrl+w")
        composer = mara.screen.channel.composer
        assert composer.text == "one "
        await mara.press("ctrl+a", "ctrl+y")
        await mara.until(lambda: composer.text == "two threeone ")
        await mara.press("ctrl+z", "alt+d", "alt+y")
        await mara.until(lambda: composer.text == "one ")
        await mara.press("alt+y")
        await mara.until(lambda: composer.text == "two three ")
        await mara.press("alt+up")
        await mara.until(lambda: composer.text == "first words")
        assert mara.screen.channel.begun == "two three "
        await mara.press("alt+down")
        await mara.until(lambda: composer.text == "two three ")

    told(tmp_path, story)


def test_what_was_begun_is_there_again_once_what_came_back_is_sent(tmp_path: Path) -> None:
    """As it was said, changed, or made into a command, which may fail: the draft waits."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "first words")
        await until(lambda: bob.texts() == ["first words"])
        composer = mara.screen.channel.composer
        await mara.type("half a thought")
        await mara.press("alt+up", "enter")
        await until(lambda: bob.texts() == ["first words"] * 2)
        assert composer.text == "half a thought"
        await mara.press("alt+up")
        await mara.type(" again")
        await mara.press("enter")
        await until(lambda: bob.texts()[-1] == "first words again")
        assert composer.text == "half a thought"
        await mara.press("alt+up", "ctrl+u")
        await mara.type("/join #nowhere")
        await mara.press("enter")
        await mara.sees("There is no channel #nowhere")
        await mara.press("ctrl+u")
        await mara.type("/me waves")
        await mara.press("enter")
        await until(lambda: bob.texts()[-1] == "_waves_")
        assert composer.text == "half a thought"
        assert mara.screen.channel.begun == "half a thought"

    told(tmp_path, story)


def test_what_others_call_a_command_is_understood_and_a_part_of_a_name_too(tmp_path: Path) -> None:
    """Where that is of one channel alone; else what is meant is told, and Tab takes it."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await somebody(hub, "demo-bob")
        olga = await hub.owner()
        for name in ("rust", "rubbish", "shipping"):
            olga.say(DIRECTORY, ChannelCreate(ChannelId(name.encode().ljust(16)), name))
        await mara.sees("#shipping (join)")
        await mara.press("i")
        await mara.type("/join #ru")
        await mara.sees("#rubbish")
        await mara.press("enter")
        await mara.sees("There is no channel #ru that")
        composer = mara.screen.channel.composer
        await mara.until(lambda: mara.app.focused is composer)
        await mara.type("s")
        await mara.press("tab")
        await mara.until(lambda: composer.text == "/join #rust ")
        await mara.press("ctrl+u")
        await mara.type("/msg bob hi")
        await mara.press("enter")
        await mara.sees("Do you mean @demo-bob?")
        await mara.press("ctrl+u")
        await mara.type("/theme contrast-dark")
        await mara.press("enter")
        await mara.sees("Theme: contrast-dark.")
        await mara.type("/theme pink")
        await mara.press("enter")
        await mara.sees("There is no theme pink: auto, dark")
        await mara.press("ctrl+u")
        await mara.type("/part #rust")
        await mara.press("enter")
        await mara.sees("/leave leaves #general")
        await mara.press("ctrl+u")
        # Who is let in is there, and writes on.
        await mara.type("/join #shi")
        await mara.press("enter")
        await mara.sees("Write in #shipping")
        await mara.until(lambda: mara.app.focused is mara.screen.channel.composer)
        await mara.type("/list")
        await mara.press("enter")
        await mara.sees("letters of its name, or @ and a handle")

    told(tmp_path, story)


def test_a_path_is_said_and_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    """With two slashes; without the second it would be a command."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "//etc/hosts is wrong")
        await until(lambda: bob.texts() == ["/etc/hosts is wrong"])
        await mara.press("alt+up")
        await mara.until(lambda: mara.screen.channel.composer.text == "//etc/hosts is wrong")
        await mara.press("enter")
        await until(lambda: bob.texts() == ["/etc/hosts is wrong"] * 2)
        await mara.press("up")
        await mara.until(lambda: mara.screen.channel.composer.text == "/etc/hosts is wrong")

    told(tmp_path, story)


def test_what_is_meant_without_being_selected_is_near_the_end(tmp_path: Path) -> None:
    """One's own last message to be changed, the last of somebody else to be reacted to, also where
    little was said at all."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "mine")
        bob.post("not hers")
        await mara.sees("not hers")
        await mara.type("/react :tada:")
        await mara.press("enter")
        await mara.until(lambda: given(mara, "not hers") == ["🎉"])
        await mara.press("up")
        await mara.until(lambda: mara.screen.channel.composer.text == "mine")

    told(tmp_path, story)


def given(mara: Sitting, text: str) -> list[str]:
    """What was given to a message of the channel that is open."""
    place = mara.screen.channel.place
    assert place is not None
    (message,) = [each for each in messages(mara) if each.text == text]
    reactions = mara.screen.reader.reactions(place.stream, message.target)
    return [each.emoji for each in reactions]


def test_a_substitution_is_seen_before_it_is_sent(tmp_path: Path) -> None:
    """Enter once shows it, twice says it; one without end is given up."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "teh fix of teh bug")
        await until(lambda: "teh fix of teh bug" in bob.texts())
        await write(mara, "s/teh/the/g")
        await mara.sees("Enter changes it: [-teh-]{+the+} fix")
        await mara.sees("Change your message")
        await mara.press("enter")
        await mara.sees("the fix of the bug")
        await write(mara, "s/nowhere/x/")
        await mara.sees("There is no “nowhere” in what you said last.")
        await mara.press("ctrl+u")
        await write(mara, r"s/(\w+) bug/\1 flaw/")
        await mara.sees("Change your message")
        await mara.press("escape")
        await mara.until(lambda: mara.screen.channel.composer.text == "")

    told(tmp_path, story)


def test_a_preview_stands_in_place_of_the_messages(tmp_path: Path) -> None:
    """It follows the keys, and goes when it is sent."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await mara.press("i")
        await mara.type("- one")
        await mara.press("alt+enter", "alt+p")
        await mara.sees("• one")
        await mara.type("- two")
        await mara.sees("• two")
        await mara.press("enter")
        await mara.until(lambda: not mara.screen.channel.previews)
        await mara.until(lambda: shown(mara) == ["- one\n- two"])

    told(tmp_path, story)


def test_too_long_a_text_is_split_or_put_into_a_thread(tmp_path: Path) -> None:
    """Nothing of it is lost, whatever one chooses."""

    async def story(hub: Hub, mara: Sitting) -> None:
        text = "a sentence of some words. " * 600
        mara.screen.channel.composer.put(text)
        await mara.press("i", "enter")
        await mara.sees("s  sends it as 2 messages")
        await mara.press("escape")
        await mara.until(lambda: mara.screen.channel.composer.text == text.strip())
        await mara.press("enter")
        await mara.sees("s  sends it as 2 messages")
        await mara.press("s")
        await mara.until(lambda: len(shown(mara)) == 2)
        assert " ".join(shown(mara)).split() == text.split()

    told(tmp_path, story)


def test_a_thread_is_begun_titled_answered_and_solved(tmp_path: Path) -> None:
    """By a command and by keys; z undoes; who may not is told."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "/thread Wheels and eggs")
        await mara.sees("First message of “Wheels and eggs”")
        await mara.type("How do I ship a wheel?")
        await mara.press("enter")
        await until(lambda: "How do I ship a wheel?" in bob.texts())
        (root,) = [each.target for each in messages(mara) if each.text.startswith("How")]
        bob.say(bob.channel("general"), Post("python -m build", root))
        await mara.sees("python -m build")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "a")
        await mara.sees("✓ accepted answer")
        await mara.sees("✓ solved")
        await mara.press("z")
        await mara.misses("✓ accepted answer")
        await mara.press("t")
        await mara.sees("Thank bob")
        await mara.type("the wheel")
        await mara.press("enter")
        await mara.sees("[♥ thanks 1]")
        await mara.press("plus")
        await mara.sees("♥ you: the wheel")
        await mara.press("escape", "t")
        await mara.misses("♥ thanks 1")
        # Undone, they stand again with what they were for.
        await mara.press("z")
        await mara.sees("[♥ thanks 1]")
        await mara.press("plus")
        await mara.sees("♥ you: the wheel")
        await mara.press("escape", "t")
        await mara.misses("♥ thanks 1")
        # What is too long to be said stays in the field.
        await mara.press("i")
        composer = mara.screen.channel.composer
        composer.put("/thanks " + "so much " * 40)
        await mara.press("enter")
        await mara.sees("Say what for in up to 200 characters.")
        assert composer.text.startswith("/thanks so much")
        composer.put("")
        mara.screen.channel.timeline.focus()
        await mara.press("x")
        await mara.sees("The thread is solved; z undoes it.")
        await mara.press("q")
        await mara.sees("> python -m build")
        assert mara.screen.thread.answering is not None

    told(tmp_path, story)


def test_thanks_of_somebody_blocked_are_neither_shown_nor_counted(tmp_path: Path) -> None:
    """Who thanks says something, too."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "done")
        await until(lambda: "done" in bob.texts())
        (said,) = [each.target for each in messages(mara)]
        bob.say(bob.channel("general"), Thanks(said, "unkind words"))
        await mara.sees("♥ thanks 1")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "plus")
        await mara.sees("♥ bob: unkind words")
        await mara.press("escape")
        await mara.screen.voice.block(bob.account, True)
        await mara.misses("♥ thanks 1")
        await mara.press("plus")
        await mara.sees("React to mara")
        assert "unkind words" not in mara.text

    told(tmp_path, story)
