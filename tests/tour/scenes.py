"""What is shown, and by which keys one comes there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.terminal.looker import DOWN, ENTER, ESCAPE, OUTBOX, SWITCH, Looker

F2: Final = "\x1bOQ"
PAGE_DOWN: Final = "\x1b[6~"
F10: Final = "\x1b[21~"
CHANNEL: Final = "databases"
PURPOSE: Final = "SQLite, PostgreSQL"
"""How its purpose begins, which stands at its head."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. `says` is for those who cannot see it; `acts` presses the keys, from the list of
    channels on. With `alone` the hub is away, with `still` nobody tries to reach it."""

    name: str
    says: str
    acts: Callable[[Looker], None]
    columns: int = 100
    lines: int = 30
    light: bool = False
    alone: bool = False
    still: bool = False


def _press(one: Looker, *several: str) -> None:
    """One after the other; each shows something, and is waited for."""
    for keys in several:
        one.until_other(keys)
        one.until_still()


def _first(one: Looker) -> None:
    # Until all is counted that stands there.
    one.until(lambda: not re.search(r"\d~|new~|about \d", one.seen))
    one.until_still()


def _go(one: Looker) -> None:
    _press(one, SWITCH, CHANNEL)
    one.type(ENTER)
    one.until_seen(PURPOSE)
    one.until_still()


def _thread(one: Looker) -> None:
    _go(one)
    _press(one, DOWN, DOWN, ENTER)
    one.until_seen("Write in SQLite")


def _search(one: Looker) -> None:
    _press(one, "/", "vacuum", " has:code")
    one.until_seen("found in")
    one.until_still()


def _compose(one: Looker) -> None:
    _go(one)
    _press(one, "i", "Thanks! `VACUUM` did it ")
    one.type(":ta")
    one.until_seen("tada")
    one.until_still()


def _outbox(one: Looker) -> None:
    _go(one)
    _press(one, "i", "Written on the train: the index is on `(stream, seq)`.")
    one.type(ENTER)
    one.until_seen("⧗")
    _press(one, ESCAPE)
    one.type(OUTBOX)
    one.until_seen("Go there")


def _devices(one: Looker) -> None:
    _press(one, "D")


def _settings(one: Looker) -> None:
    _first(one)
    _press(one, F2)


def _requests(one: Looker) -> None:
    _first(one)
    _press(one, F10)
    one.until_seen("As of")
    one.until_still()


def _channel(one: Looker) -> None:
    _first(one)
    _press(one, SWITCH, CHANNEL)
    one.type(ENTER)
    # Home tells of the same channel in nearly the same words.
    one.until_seen(f"Write in #{CHANNEL}")
    one.until_still()
    one.type(DOWN)
    # One message is selected, and nothing in the list.
    one.until(lambda: one.seen.count("▌") > 1 and "▌Home" not in one.seen)
    one.until_footer("Reply")
    one.until_still()


def _further_up(one: Looker) -> None:
    _go(one)
    _press(one, *(PAGE_DOWN,) * 3)


SCENES: Final = (
    Scene("first", "Home: what needs one, and what can wait.", _first),
    Scene(
        "thread", "A channel, and beside it a thread with its accepted answer.", _thread, 130, 34
    ),
    Scene("search", "Searching all history while one types, with what a hit means.", _search),
    Scene(
        "composing",
        "Writing a message: names and emoji are offered while one types.",
        _compose,
    ),
    Scene("outbox", "Without the hub: what was written waits, and says so.", _outbox, alone=True),
    Scene("settings", "The settings, in a light theme.", _settings, light=True),
    Scene("devices", "The devices that speak for you, and what can be done with one.", _devices),
    Scene(
        "large",
        "Home on a large terminal: what can wait, with what was said there last.",
        _first,
        110,
        38,
    ),
    Scene(
        "further-up",
        "In the middle of a channel: its day, its place, and that the keys go there.",
        _further_up,
        100,
        24,
    ),
    Scene("narrow", "The same channel on forty columns.", _channel, 40, 24),
)
"""The tour of the README."""

SNAPSHOTS: Final = (
    Scene("first", "", _first, alone=True, still=True),
    Scene("channel", "", _channel, alone=True, still=True),
    Scene("settings", "", _settings, alone=True, still=True),
    Scene("requests", "", _requests, alone=True, still=True),
)
"""What is compared line by line, at each size in each theme; all of it is the same on any day."""
