"""What pings, in a terminal, by keys alone: per place, by keyword, in quiet hours; in the bytes
that the terminal gets, through tmux, and on the desktop."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, UP, Looker

F6 = "\x1b[17~"
TAB = "\t"
LOOKS_AWAY, LOOKS_BACK = "\x1b[O", "\x1b[I"
"""What a terminal says when its window is left, and entered."""
AT_THE_LIST = "▌#general"
"""How a line of the list is marked while the list has the focus."""
LEVELS = "What pings in #general"
THROUGH_TMUX = "\x1bPtmux;\x1b\x1b]777;notify;bob in #general;{text}\x07\x1b\\\x07"


class Two:
    """Alice at her terminal, bob at his shell."""

    def __init__(self, directory: Path) -> None:
        self.hub = HubThread()
        self._shell = Shell(directory)
        self.alice, self.bob = Profile(directory / "alice"), Profile(directory / "bob")
        for profile in (self.alice, self.bob):
            handle = profile.directory.name
            self.hobnob(profile, "join", self.hub.link(), "--handle", handle)

    def hobnob(self, profile: Profile, *words: str) -> None:
        """One verb of somebody."""
        self._shell.done(*words, "--profile", str(profile.directory))

    def says(self, one: Looker, text: str) -> None:
        """Bob says it while alice looks elsewhere, and it is on her screen."""
        look_away(one)
        self.hobnob(self.bob, "post", "#general", text)
        one.until_seen(text)


def begin(one: Looker) -> None:
    """On line, in the list, with #general open."""
    one.until_seen("online")
    one.leave_home()
    one.until_seen("Write in #general")


def look_away(one: Looker) -> None:
    """From the list, once it has the focus, to another window."""
    one.until(lambda: AT_THE_LIST in one.seen)
    one.type(LOOKS_AWAY)
    one.until(lambda: AT_THE_LIST not in one.seen)


def look_back(one: Looker) -> None:
    """At the list again, as before one looked elsewhere."""
    one.type(LOOKS_BACK)
    one.until(lambda: AT_THE_LIST in one.seen)


def close(one: Looker, title: str) -> None:
    """Leave a dialog; what one types next begins where it ended."""
    one.type(ESCAPE)
    one.until(lambda: title not in one.seen)


def told(one: Looker, text: str) -> bool:
    """Did the terminal get just this, whole?"""
    return THROUGH_TMUX.format(text=text).encode() in one.output


def set_levels(two: Two, one: Looker) -> None:
    """All of the channel, nothing of it for an hour, then what is for her."""
    look_back(one)
    one.type("N")
    one.until_seen(LEVELS)
    one.type(UP * 7 + ENTER)
    one.until_seen("all pings")
    one.until(lambda: LEVELS not in one.seen)
    two.says(one, "no names")
    one.until(lambda: told(one, "no names"))
    look_back(one)
    # Nothing for an hour.
    one.type("N")
    one.until_seen(LEVELS)
    one.type("jjj" + ENTER)
    one.until_seen("muted until")
    one.until(lambda: LEVELS not in one.seen)
    two.says(one, "@alice psst")
    look_back(one)
    one.type("m")
    one.until_seen("heard again")
    one.type("N")
    one.until_seen("● All")
    one.type("j" + ENTER)
    one.until_seen("only what is for you")
    one.until(lambda: LEVELS not in one.seen)


def set_a_keyword(two: Two, one: Looker) -> None:
    """It pings from then on, and stands out."""
    two.says(one, "a deploy without anybody")
    look_back(one)
    one.type(F6)
    one.until_seen("would have pinged")
    one.type("a")
    one.until_seen("/an expression/")
    one.type("/dep(lo)+y/" + ENTER)
    one.until_seen("a keyword: /dep(lo)+y/")
    close(one, "would have pinged")
    two.says(one, "the Deploy fails")
    one.until(lambda: told(one, "the Deploy fails"))
    # It stands out in what is said, without a colour.
    one.until(lambda: any("@" in row and "the Deploy" in row for row in one.seen.splitlines()))


def set_quiet_hours(two: Two, one: Looker) -> None:
    """By a zone; what came in them is told when they end."""
    look_back(one)
    one.type(F6 + TAB)
    one.until_seen("Quiet hours · none")
    one.type(ENTER)
    one.until_seen("names a time zone")
    one.type("00:00-24:00 @Europe/Atlantis" + ENTER)
    one.until_seen("No time zone is called")
    one.type("\x15" + "00:00-24:00 @Asia/Tokyo" + ENTER)
    one.until_seen("Asia/Tokyo; it is quiet now")
    close(one, "Quiet hours")
    # From Home the channel is not before her eyes, however long she takes.
    one.type("g" + ENTER)
    one.until(lambda: "Write in #general" not in one.seen)
    two.hobnob(two.bob, "post", "#general", "@alice shh")
    one.until_seen("@alice shh")
    one.type(F6)
    one.until_seen("after your quiet hours, at 00:00")
    one.type(TAB)
    one.until_seen("Quiet hours · 00:00-24:00")
    one.type("x")
    one.until_seen("Quiet hours · none")
    one.until(lambda: told(one, "@alice shh"))
    close(one, "Quiet hours")


def test_the_terminal_tells_what_is_meant_to_be_told(tmp_path: Path) -> None:
    """Mentions at first; then all of a channel, nothing of it, a keyword, and nothing in quiet
    hours until they end. Through tmux, with the bell beside it."""
    two = Two(tmp_path)
    environ = {"TERM": "xterm-256color", "TMUX": "/tmp/tmux-0/default,1,0", "TERM_PROGRAM": "tmux"}
    with Looker(two.alice, 100, 34, environ) as one:
        begin(one)
        two.says(one, "just talk")
        look_back(one)
        two.says(one, "@alice come")
        one.until(lambda: told(one, "@alice come"))
        one.until(lambda: b"\x1b]2;(1) hobnob\x07" in one.output)
        set_levels(two, one)
        set_a_keyword(two, one)
        set_quiet_hours(two, one)
        one.type(QUIT)
        assert one.wait_for_end() == 0
        for text in ("just talk", "@alice psst", "a deploy without anybody"):
            assert not told(one, text)
        assert one.output.count(b"]777;notify;") == 4
        assert b"\x1b[23;2t" in one.output
    two.hub.close()


def test_the_desktop_tells_where_there_is_one_and_never_twice(tmp_path: Path) -> None:
    """By its own program, without a shell; not of what is before the eyes, and after a restart not
    of what was told."""
    two = Two(tmp_path)
    programs, shown = tmp_path / "bin", tmp_path / "shown"
    programs.mkdir()
    program = programs / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {shown}\necho >> {shown}\n')
    program.chmod(0o755)
    environ = {"DISPLAY": ":0", "PATH": f"{programs}:/usr/bin:/bin"}

    def notified() -> list[str]:
        return shown.read_text().splitlines() if shown.exists() else []

    first = "--app-name=hobnob|--|bob in #general|@alice &lt;b&gt;$(id)|"
    second = "--app-name=hobnob|--|bob in #general|@alice again|"
    with Looker(two.alice, 80, 24, environ) as one:
        begin(one)
        # Before the eyes: the window has the focus.
        two.hobnob(two.bob, "post", "#general", "@alice you see this")
        one.until_seen("@alice you see this")
        two.says(one, "@alice <b>$(id)")
        one.until(lambda: notified() == [first])
        one.type(QUIT)
        assert one.wait_for_end() == 0
    with Looker(two.alice, 80, 24, environ) as one:
        begin(one)
        two.says(one, "@alice again")
        one.until(lambda: notified() == [first, second])
        one.type(QUIT)
        assert one.wait_for_end() == 0
    two.hub.close()
