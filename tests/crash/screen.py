"""`make kill-screen KILLS=500`: the screen dies while somebody types and messages come.

In a real terminal, at random moments, from the first instruction on: by kill -9, by SIGTERM and
SIGHUP, and because the terminal is gone. Then the replica is read: what was seen among the messages
is there once, what stood in the field for a second is there, the terminal is as it was, and the
process has gone in time.
"""

import asyncio
import os
import signal
import sys
import termios
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_protocol.kinds.messages import Post
from tests.benchmarks.process import own_ns
from tests.client.verbs.shell import HubThread, Shell
from tests.crash.typing_person import DRAFT_SECONDS, TypingPerson, Written
from tests.stories.client import Client
from tests.stories.waiting import until
from tests.terminal.looker import Looker

GONE: Final = "the terminal is gone"
ENDS: Final = ("SIGKILL", "SIGTERM", "SIGHUP", GONE)
KEYS_MAX: Final = 60
EARLY_SHARE: Final = 0.15
"""How often it dies before anybody has typed."""
EARLY_SECONDS_MAX: Final = 1.2
REST_SHARE: Final = 0.4
"""How often one has stopped typing for a while before."""
BLIND_MAX: Final = 20
"""After more ends than this, some have come to whoever had rested: else nothing is judged."""
LOOK_SECONDS: Final = 0.01
PATIENCE_SECONDS: Final = 60.0
TALK_SECONDS: Final = 0.05
"""Somebody else says something so often."""
PAGE_MESSAGES: Final = 1_000
PAGES_OF_A_LIFE: Final = 10
"""Far more than others say while one lives: with them one's own words of this life are read."""
PAGES_MAX: Final = 1_000
LOOKS_BACK_EACH: Final = 20
"""After so many ends all that was ever sent is looked for, however much others have said since."""
_ALT_SCREEN_ON, _ALT_SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
_CURSOR_ON, _CURSOR_OFF = b"\x1b[?25h", b"\x1b[?25l"
_MOUSE_ON, _MOUSE_OFF = b"\x1b[?1003h", b"\x1b[?1003l"


@dataclass(slots=True)
class Outcome:
    """What came of it; everything in `broken` is a promise that was."""

    ends: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ENDS, 0))
    sent: int = 0
    drafts: int = 0
    """Texts that had to be on the disk as drafts."""
    slowest_seconds: float = 0.0
    """From the end of it until the process was gone, less what others had the machine."""
    broken: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Found:
    """What the replica holds of what one has written."""

    drafts: tuple[str, ...]
    messages: tuple[str, ...]


class Campaign:
    """One hub with somebody who talks, one member who dies; `rng` decides when and how."""

    def __init__(self, folder: Path, rng: Random) -> None:
        self._rng = rng
        self._hub = HubThread()
        self._profile = Profile(folder / "mara")
        self._sent: list[str] = []
        self._looks = threading.Event()
        """Does the member look for their own words?"""
        self.outcome = Outcome()
        shell = Shell(folder)
        place = ("--profile", str(self._profile.directory))
        shell.done("join", self._hub.link(), "--handle", "mara", *place)
        shell.done("post", "#general", "the first words", *place)
        self._hub.do(self._chatter)

    async def _chatter(self) -> None:
        hub = self._hub.hub
        olga = Client("olga", hub.link(), hub.signer.public_key)
        await olga.connect()
        await until(lambda: "general" in olga.channels())

        async def talk() -> None:
            nth, general = 0, olga.channel("general")
            while True:
                if not self._looks.is_set():
                    nth += 1
                    olga.say(general, Post(f"olga's {nth}"))
                await asyncio.sleep(TALK_SECONDS)

        self._talking = asyncio.create_task(talk())

    def run(self, kills: int) -> Outcome:
        """So many ends; each sort in turn."""
        for nth in range(kills):
            out = self.outcome
            told = len(out.broken)
            whole = nth % LOOKS_BACK_EACH == LOOKS_BACK_EACH - 1 or nth == kills - 1
            self._live(nth, ENDS[nth % len(ENDS)], whole=whole)
            for line in out.broken[told:]:
                print(line, flush=True)
            if nth % LOOKS_BACK_EACH == LOOKS_BACK_EACH - 1:
                print(f"{nth + 1} ends, {out.drafts} drafts, {len(out.broken)} broken", flush=True)
        if kills > BLIND_MAX and not self.outcome.drafts:
            self.outcome.broken.append(f"{kills} ends, and no draft was there to be judged")
        return self.outcome

    def close(self) -> None:
        """The hub is gone."""
        self._hub.do(self._silence)
        self._hub.close()

    async def _silence(self) -> None:
        self._talking.cancel()
        with suppress(asyncio.CancelledError):
            await self._talking

    def _live(self, nth: int, end: str, *, whole: bool) -> None:
        with Looker(self._profile, 80, 24) as looker:
            self._looks.clear()
            person = TypingPerson(looker, self._rng, f"t{nth}", self._looks)
            if self._rng.random() < EARLY_SHARE:
                early = time.monotonic() + self._rng.random() * EARLY_SECONDS_MAX
                looker.wait_for(lambda _: time.monotonic() >= early)
            else:
                person.begin()
                person.press(self._rng.randrange(1, KEYS_MAX))
                if self._rng.random() < REST_SHARE:
                    person.rest()
            old = person.old()
            self._end(looker, person, end, nth)
        found = asyncio.run(_found(self._profile, None if whole else PAGES_OF_A_LIFE))
        self._judge(nth, end, person.written, old, found)
        if whole:
            self._look_back(nth, end, found)

    def _end(self, looker: Looker, person: TypingPerson, end: str, nth: int) -> None:
        out = self.outcome
        out.ends[end] += 1
        began, taken, used = time.monotonic(), person.taken.seconds, own_ns(looker.pid)
        spent = 0.0
        if end == GONE:
            looker.close()
        else:
            looker.kill(signal.Signals[end])
        while not _has_ended(looker):
            with suppress(OSError):
                # Unless it ends just now.
                spent = (own_ns(looker.pid) - used) / 1e9
                lasted = time.monotonic() - began - (person.taken.seconds - taken)
                out.slowest_seconds = max(out.slowest_seconds, lasted)
            looker.is_silent(LOOK_SECONDS)
            if time.monotonic() - began > PATIENCE_SECONDS:
                out.broken.append(f"{nth}, {end}: still there, {spent:.1f} s of CPU since")
                return
        if end in ("SIGTERM", "SIGHUP"):
            looker.is_silent(LOOK_SECONDS)
            out.broken += [f"{nth}, {end}: {what}" for what in _left_behind(looker)]

    def _judge(self, nth: int, end: str, written: Written, old: str, found: Found) -> None:
        out = self.outcome
        self._sent += written.sent
        out.sent += len(written.sent)
        out.drafts += bool(old)
        for text in written.sent:
            count = found.messages.count(text)
            if count != 1:
                out.broken.append(f"{nth}, {end}: {count} times {text!r}, which was seen sent")

        if old and not any(kept.startswith(old) for kept in (*found.drafts, *found.messages)):
            out.broken.append(f"{nth}, {end}: lost {old!r}; there are {found.drafts}")
        if found.messages.count(written.sending) > 1:
            out.broken.append(f"{nth}, {end}: twice {written.sending!r}")

    def _look_back(self, nth: int, end: str, found: Found) -> None:
        """All that was ever seen sent."""
        out = self.outcome
        lost = set(self._sent) - set(found.messages)
        if lost:
            out.broken.append(f"{nth}, {end}: lost of before: {sorted(lost)[:3]}")
            self._sent = [text for text in self._sent if text not in lost]


def _has_ended(looker: Looker) -> bool:
    done, status = os.waitpid(looker.pid, os.WNOHANG)
    if done:
        looker.exit_code = os.waitstatus_to_exitcode(status)
    return bool(done)


def _left_behind(looker: Looker) -> list[str]:
    """What of the terminal is not as it was."""
    found: list[str] = []
    output = looker.output
    for on, off, what in (
        (_ALT_SCREEN_ON, _ALT_SCREEN_OFF, "the other screen"),
        (_MOUSE_ON, _MOUSE_OFF, "the mouse"),
        (_CURSOR_OFF, _CURSOR_ON, "the cursor"),
    ):
        if output.rfind(on) > output.rfind(off):
            found.append(f"{what} is left behind")
    modes = termios.tcgetattr(looker.fd)[3]
    if not modes & termios.ECHO or not modes & termios.ICANON:
        found.append("keys are not seen")
    return found


async def _found(profile: Profile, pages: int | None) -> Found:
    """In the newest `pages` of the channel, None for all of it."""
    async with Engine(profile, keyring.load(profile), connect=False) as engine:
        reader = engine.reader
        line = reader.channel("#general")
        assert line is not None
        mine: list[str] = []
        before = None
        for _ in range(PAGES_MAX if pages is None else pages):
            page = reader.before(line.stream, before, PAGE_MESSAGES)
            mine += (each.text.strip() for each in page.messages if each.author == reader.me)
            if page.at_start:
                break
            before = page.first_seq
        return Found(tuple(each.text.strip() for each in reader.drafts()), tuple(mine))


def main() -> int:
    """As many as were asked for."""
    parser = ArgumentParser(prog="make kill-screen")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    # Under nohup, screens would not hear a hang-up before they listen for it themselves.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        campaign = Campaign(Path(folder), Random(given.seed))
        try:
            out = campaign.run(given.kills)
        finally:
            campaign.close()
    print(
        f"seed {given.seed}: {sum(out.ends.values())} ends of the screen in "
        f"{time.monotonic() - begun:.0f} s ({out.ends}); {out.sent} messages seen sent, "
        f"{out.drafts} drafts older than {DRAFT_SECONDS:.0f} s, gone within "
        f"{out.slowest_seconds:.2f} s, {len(out.broken)} promises broken"
    )
    return 1 if out.broken else 0


if __name__ == "__main__":
    sys.exit(main())
