"""Writing by keys alone, in a terminal: what the matrix asks of a composer, with the hub away."""

import signal
from pathlib import Path

import pytest

from hobnob_client import keyring
from hobnob_client.paths import Profile
from hobnob_client.reading import Reader
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import DOWN, EMPTY, ENTER, ESCAPE, QUIT, SWITCH, UP, Looker

TAB = "\t"
ALT_ENTER, ALT_P, ALT_D = "\x1b[13;3u", "\x1b[112;3u", "\x1b[100;3u"
"""As terminals say them that tell keys apart; others send two, which must come with a rest."""
ALT_UP, ALT_DOWN = "\x1b[1;3A", "\x1b[1;3B"
CUT_WORD, PUT_BACK, LINE_START, TAKE_BACK = "\x17", "\x19", "\x01", "\x1a"


@pytest.fixture
def alice(tmp_path: Path) -> Profile:
    """Somebody in #general, where bob has asked something; the hub is away."""
    hub = HubThread()
    shell = Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    shell.done("post", "#general", "Two writers, it is locked.", "--profile", str(bob.directory))
    shell.done("sync", "--profile", str(alice.directory))
    hub.close()
    return alice


def goes(one: Looker, key: str, letters: str) -> None:
    """To what the letters mean, by the switcher."""
    one.type(key)
    one.until_seen("Enter Go")
    one.type(f"{letters}{ENTER}")
    one.until(lambda: "Enter Go" not in one.seen)


def arrives(one: Looker) -> None:
    """In the messages of #general."""
    one.until_seen("#general")
    goes(one, SWITCH, "gen")
    # Home tells of it, too.
    one.until_seen("Write in #general")
    one.until_seen("it is locked.")
    one.until_footer("Select")


def test_somebody_writes_with_names_commands_and_the_keys_of_a_shell(alice: Profile) -> None:
    """Completed while typing; cut and put back; changed by s/old/new/; seen before it is sent; and
    what is no command is explained, not said."""
    with Looker(alice, 80, 24) as one:
        arrives(one)
        one.type("i")
        one.until_footer("Send")
        one.type("helo @b")
        one.until_seen("@bob  speaks here")
        one.type(f"{TAB}in #gen")
        one.until_seen("Tab takes it, Esc closes")
        one.type(f"{TAB}:tad")
        one.until_seen(":tada:")
        one.type(f"{DOWN}{ENTER}:rocket:")
        one.until_seen("helo @bob in #general 🎉 🚀")
        one.type(ENTER)
        one.until_seen("⧗ queued, not sent yet")
        one.type(f"s/helo/hello/{ENTER}")
        one.until_seen("Enter changes it: [-helo-]{+hello+}")
        one.type(ENTER)
        one.until(lambda: "hello @bob in #general" in one.seen and "edited" in one.seen)
        one.type(f"- one{ALT_ENTER}- two words{ALT_P}")
        one.until(lambda: "• one" in one.seen and "• two words" in one.seen)
        one.type(f"{ALT_P}{CUT_WORD}{CUT_WORD}")
        one.until(lambda: "│ - " in one.seen and "two words" not in one.seen)
        one.type(f"{PUT_BACK}{LINE_START}{ALT_D}{TAKE_BACK}")
        one.until_seen("│ - two words")
        one.type(ENTER)
        one.until(lambda: "• two words" in one.seen)
        one.type("begun")
        one.until_seen("│ begun")
        one.type(ALT_UP)
        one.until_seen("│ - two words")
        one.type(ALT_DOWN)
        one.until_seen("│ begun")
        one.type(f"{EMPTY}/nope{ENTER}")
        one.until_seen("There is no /nope.")
        one.type(f"{EMPTY}/thr")
        one.until_seen("/thread title")
        one.type(f"{TAB}Wheels and eggs{ENTER}")
        one.until_seen("First message of “Wheels and eggs”")
        one.type("```ru")
        one.until_seen("rust")
        one.type(f"{EMPTY}How do I ship one?{ENTER}")
        one.until(lambda: "Wheels and eggs" in one.seen and "│ How" not in one.seen)
        one.type(f"hi @carol{ENTER}")
        one.until_seen("Nobody here is called @carol.")
        one.type(QUIT)
        assert one.wait_for_end() == 0


def test_somebody_reacts_quotes_answers_and_takes_back(alice: Profile) -> None:
    """A reaction by some letters, with who gave it; an answer that quotes and leads to what it
    answers; a deletion that can be stopped."""
    with Looker(alice, 80, 24) as one:
        arrives(one)
        one.type(f"{UP}+")
        one.until_seen("React to bob")
        one.type("rock")
        one.until_seen("🚀 rocket")
        one.type(ENTER)
        one.until_seen("[🚀 1]")
        one.type("+")
        one.until_seen("you · Enter takes yours back")
        one.type(ESCAPE)
        one.until(lambda: "React to bob" not in one.seen)
        one.type("=")
        one.until(lambda: "🚀" not in one.seen)
        one.type("t")
        one.until_seen("Thank bob")
        one.type(ENTER)
        one.until(lambda: "Thank bob" not in one.seen and "[♥ thanks 1]" in one.seen)
        one.type("q")
        one.until_seen("│ > Two writers, it is locked.")
        one.type(f"Use one.{ENTER}")
        one.until(lambda: "⧗ queued" in one.seen and "│ Use one." not in one.seen)
        one.type(ESCAPE)
        one.until_footer("Search")
        one.type(UP)
        one.until_seen("▌ alice")
        one.type(ENTER)
        one.until_seen("▌ bob")
        one.type("x")
        one.until_seen("The thread is solved; z undoes it.")
        one.type("z")
        one.until_seen("Undone")
        one.type(ESCAPE)
        one.until_seen("↳ Two writers")
        one.type(f"{DOWN}d")
        one.until_seen("z undoes it")
        one.type("z")
        one.until_seen("Undone: deleting")
        one.type("d")
        one.until_seen("(deleted by its author)")
        one.type(QUIT)
        assert one.wait_for_end() == 0


def test_what_is_begun_in_each_place_survives_a_kill(alice: Profile) -> None:
    """In a channel, a thread and a conversation, each in its own field again."""
    reader = Reader(alice, keyring.load(alice))

    def keeps(text: str) -> bool:
        return any(line.text == text for line in reader.drafts())

    with Looker(alice, 80, 24) as one:
        arrives(one)
        one.type("i")
        one.until_footer("Send")
        one.type("in the channel")
        one.until(lambda: keeps("in the channel"))
        one.type(ESCAPE)
        one.until_footer("Search")
        one.type(f"{UP}r")
        one.until_footer("Send")
        one.type("in the thread")
        one.until(lambda: keeps("in the thread"))
        one.type(ESCAPE)
        one.until_footer("Search")
        goes(one, "@", "bob")
        one.until_footer("Send")
        one.until_seen("Write in @bob")
        one.type("to bob alone")
        one.until(lambda: keeps("to bob alone"))
        one.kill(signal.SIGKILL)
        assert one.wait_for_end() == -signal.SIGKILL
    reader.close()
    with Looker(alice, 80, 24) as one:
        arrives(one)
        one.until_seen("│ in the channel")
        one.type(f"{UP}{ENTER}")
        one.until_seen("│ in the thread")
        goes(one, "@", "bob")
        one.until_seen("│ to bob alone")
        one.type(QUIT)
        assert one.wait_for_end() == 0
