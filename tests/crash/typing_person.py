"""Somebody who writes on the screen, and remembers what of it they have seen stand there."""

import threading
import time
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.crash.taken import Taken
from tests.terminal.looker import EMPTY, ENTER, Looker

DRAFT_SECONDS: Final = 1.0
"""What stands in the field for so long is on the disk (P3)."""
REST_SECONDS: Final = 1.3
REST_SECONDS_MAX: Final = 10.0
KEY_SECONDS_MAX: Final = 0.06
ENTER_SHARE: Final = 0.04
"""How likely a key is Enter."""
FIELD: Final = "│ "
"""What stands before what one writes: the field's frame; before a message there is none."""
LENGTH_MAX: Final = 40
"""A text stays on one line of the field."""


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood in the field, and since when, in seconds of the program: those in which others
    had the machine are none of them."""

    text: str
    at_seconds: float


@dataclass(slots=True)
class Written:
    """What one has written in one life of the screen."""

    stood: list[Stood] = field(default_factory=list[Stood])
    """Of what was in the field at the end, as far as it was seen there."""
    sent: list[str] = field(default_factory=list[str])
    """What Enter was pressed on, and was then seen among the messages."""
    sending: str = ""
    """What Enter was pressed on last, and was not seen there yet."""


class TypingPerson:
    """At the field of a channel; `name` stands in all they write, and `looks` is set while they
    look for their own words, which others must not talk out of sight."""

    def __init__(self, looker: Looker, rng: Random, name: str, looks: threading.Event) -> None:
        self.written = Written()
        self._looks = looks
        self.taken = Taken(looker.pid)
        self._looker = looker
        self._rng = rng
        self._name = name
        self._nth = 0
        self._typed = ""

    def begin(self) -> None:
        """Into the field, and away with what was begun there."""
        self._looker.leave_home()
        self._looker.type("i")
        self._looker.until_footer("Send")
        self._looker.type(f"{EMPTY}q")
        # Whoever does not see the field would take all that is typed as sent.
        self._looker.until_seen(f"{FIELD}q ")
        self._looker.type(EMPTY)
        self._looker.until(lambda: f"{FIELD}q " not in self._looker.seen)

    def press(self, count: int) -> None:
        """So many keys, as somebody types who looks up now and then."""
        for _ in range(count):
            if not self._typed:
                self._nth += 1
                self._key(f"{self._name}n{self._nth} ")
            elif len(self._typed) > LENGTH_MAX or self._rng.random() < ENTER_SHARE:
                self._enter()
            else:
                self._key(self._rng.choice("abcdefgh "))

    def rest(self) -> None:
        """Look at what one has written, for longer than a draft may take: by the program's own
        time, unless others let it have none for long."""
        if self._typed:
            self._looker.until(self._stands)
            self.written.stood.append(Stood(self._typed.strip(), self._seconds()))
        end, latest = self._seconds() + REST_SECONDS, time.monotonic() + REST_SECONDS_MAX
        self._looker.until(lambda: self._seconds() >= end or time.monotonic() >= latest)

    def old(self) -> str:
        """What the field has held long enough to be on the disk, the longest."""
        now = self._seconds()
        for seen in reversed(self.written.stood):
            if now - seen.at_seconds >= DRAFT_SECONDS:
                return seen.text
        return ""

    def _stands(self) -> bool:
        """Is all that was typed seen in the field?"""
        return f"{FIELD}{self._typed.rstrip()}" in self._looker.seen

    def _seconds(self) -> float:
        return time.monotonic() - self.taken.seconds

    def _key(self, keys: str) -> None:
        self._typed += keys
        self._looker.type(keys)
        self._look()

    def _enter(self) -> None:
        self._look()
        self._looks.set()
        text, self._typed = self._typed.strip(), ""
        self.written.stood.clear()
        self.written.sending = text
        self._looker.type(ENTER)
        begins = text.partition(" ")[0]
        self._looker.until(lambda: f"{FIELD}{begins}" not in self._looker.seen)
        # Among the messages it may be on several lines.
        self._looker.until(lambda: f"{begins} " in self._looker.seen)
        self._looks.clear()
        self.written.sent.append(text)
        self.written.sending = ""

    def _look(self) -> None:
        end = time.monotonic() + self._rng.random() * KEY_SECONDS_MAX
        self._looker.until(lambda: time.monotonic() >= end)
        if self._stands():
            self.written.stood.append(Stood(self._typed.strip(), self._seconds()))
