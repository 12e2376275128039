"""The shape of the screen in a terminal, by keys alone: what is unread, what can be done, how much
is seen; by the mouse too; and text that reads from right to left."""

from pathlib import Path

from hobnob_client.paths import Profile
from hobnob_client.tui.isolating import END, ISOLATE
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, Looker

PALETTE, JUMP, GO_TO = "\x10", "\x07", "\x0b"
F9, F11 = "\x1b[20~", "\x1b[23~"
NEXT_UNREAD, FIRST_HOT = "\x1ba", "\x1b1"
HEBREW = "שלום עולם"
MOUSE_OFF, MOUSE_ON = b"\x1b[?1000l", b"\x1b[?1000h"


def click(looker: Looker, text: str) -> None:
    """Press the mouse where a text is seen furthest to the left, in the list rather than in a room
    beside it, and let go."""
    found = [nth for nth in range(looker.grid.lines) if text in looker.grid.line(nth)]
    line = min(found, key=lambda nth: looker.grid.line(nth).index(text))
    place = f"{looker.grid.line(line).index(text) + 1};{line + 1}"
    looker.type(f"\x1b[<0;{place}M\x1b[<0;{place}m")


def step_back(looker: Looker, gone: str) -> None:
    """Press Escape alone: with what follows at once it would be another key."""
    looker.type(ESCAPE)
    looker.until(lambda: gone not in looker.seen)


def two_with_news(home: Path) -> tuple[HubThread, Profile]:
    """Alice, whom bob has written to in #general and in private while she was away."""
    hub, shell = HubThread(), Shell(home)
    alice, bob = home / "alice", home / "bob"
    for profile in (alice, bob):
        shell.done("join", hub.link(), "--handle", profile.name, "--profile", str(profile))
    shell.done("post", "#general", "hello all", "--profile", str(alice))
    shell.done("sync", "--profile", str(alice))
    for place, text in (("@alice", "a word with you"), ("#general", HEBREW)):
        shell.done("post", place, text, "--profile", str(bob))
    shell.done("sync", "--profile", str(alice))
    return hub, Profile(alice)


def test_a_member_gets_about_by_keys_alone(tmp_path: Path) -> None:
    """What is unread is one key away, everything else is in the palette, on 80 by 24."""
    hub, alice = two_with_news(tmp_path)
    with Looker(alice, 80, 24) as one:
        one.until_seen("1 #general 1 · 2 @bob 1")
        one.type(FIRST_HOT)
        one.until_seen(HEBREW)
        one.until_beside_list()
        # Between the two signs it stands in its column, whatever the terminal does with it.
        one.until(lambda: f"{ISOLATE}{HEBREW}{END}".encode() in one.output)
        one.type(NEXT_UNREAD)
        one.until_seen("Write in @bob")
        one.type(f"{PALETTE}write to somebody")
        one.until_seen("▌Write to somebody by handle")
        step_back(one, "What can be done here")
        one.type(f"{PALETTE}reply to the")
        one.until_seen("✗ Reply to the message: Select a message first")
        step_back(one, "What can be done here")
        one.type("k")
        one.until_footer("Reply")
        one.type(f"{PALETTE}reply to the")
        one.until_seen("▌Reply to the message")
        one.type(ENTER)
        one.until_footer("Send")
        one.type(f"shalom{ENTER}")
        one.until_seen("shalom")
        step_back(one, "Enter Send")
        one.type(JUMP)
        one.until_seen("A─")
        one.type("a")
        one.until_footer("Send")
        step_back(one, "Enter Send")
        one.type(F11)
        one.until(lambda: "Channels" not in one.seen)
        one.type(F11)
        one.until_seen("Channels")
        one.type(QUIT)
        assert one.wait_for_end() == 0
    hub.close()


def test_a_mouse_does_what_keys_do_and_copies_bare_texts(tmp_path: Path) -> None:
    """It opens a line of the list and selects a message; in bare texts it is the terminal's own,
    with nothing beside them."""
    hub, alice = two_with_news(tmp_path)
    with Looker(alice, 100, 30) as one:
        one.until_seen("1 #general 1 · 2 @bob 1")
        click(one, "@bob  ")
        one.until_seen("a word with you")
        click(one, "#general  ")
        one.until_seen("hello all")
        click(one, "hello all")
        one.until_footer("Reply")
        one.type(F9)
        one.until(lambda: "Channels" not in one.seen and "hello all" in one.seen)
        seen = [line.rstrip() for line in one.seen.splitlines() if line.strip()]
        assert "hello all" in seen
        assert not any(sign in one.seen for sign in "│╭▌─")
        one.until(lambda: one.output.rfind(MOUSE_OFF) > one.output.rfind(MOUSE_ON))
        one.type(ESCAPE)
        one.until_seen("Channels")
        one.until(lambda: one.output.rfind(MOUSE_ON) > one.output.rfind(MOUSE_OFF))
        one.type(QUIT)
        assert one.wait_for_end() == 0
    hub.close()


def test_a_mouse_that_is_off_stays_off_behind_bare_texts(tmp_path: Path) -> None:
    """Who has left it to the terminal has it there all the time."""
    hub, alice = two_with_news(tmp_path)
    with Looker(alice, 100, 30, {"HOBNOB_LOOK_MOUSE": "false"}) as one:
        one.until_seen("1 #general 1 · 2 @bob 1")
        one.type(FIRST_HOT)
        one.until_seen("Write in #general")
        one.until_seen(HEBREW)
        one.type(F9)
        one.until(lambda: "Channels" not in one.seen)
        one.type(ESCAPE)
        one.until_seen("Channels")
        one.type(QUIT)
        assert one.wait_for_end() == 0
        assert MOUSE_ON not in one.output
    hub.close()


def test_forty_columns_are_enough_and_bare_texts_are_a_key_away(tmp_path: Path) -> None:
    """One pane at a time: from the list to a channel, written, back; texts alone, to be copied."""
    hub, alice = two_with_news(tmp_path)
    with Looker(alice, 40, 15) as one:
        one.until_seen("Channels")
        one.until(lambda: any("#general" in x and "1" in x for x in one.seen.splitlines()))
        one.type(f"{GO_TO}gen")
        one.until(lambda: "Go to" in one.seen and "▸#general" in one.seen)
        one.type(ENTER)
        one.until_seen("hello all")
        one.until(lambda: "Channels" not in one.seen)
        one.type(f"ia small word{ENTER}")
        one.until(lambda: "│ a small word" not in one.seen and "a small word" in one.seen)
        step_back(one, "Enter Send")
        one.type(F9)
        one.until(lambda: "Write in" not in one.seen and "a small word" in one.seen)
        assert not any(sign in one.seen for sign in "│╭▌─")
        step_back(one, "F9")
        one.until_seen("Write in")
        step_back(one, "Write in")
        one.until_seen("Channels")
        one.type(QUIT)
        assert one.wait_for_end() == 0
    hub.close()
