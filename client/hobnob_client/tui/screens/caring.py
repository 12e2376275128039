"""Care on the first screen: who waits, for those who hold a role, and a newcomer's first steps.

Both are looked up on a thread of its own, when Home or the room is opened and after something came,
at most every few seconds.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hobnob_client.care.beginning import Beginning, Step, without
from hobnob_client.care.needs import CARING, Need
from hobnob_client.care.needs import Sort as NeedSort
from hobnob_client.catalogue import t
from hobnob_client.onboarding.kept import NOTE as WELCOME
from hobnob_client.onboarding.kept import from_bytes as kept_of
from hobnob_client.onboarding.welcome import Welcome
from hobnob_client.onboarding.words import hello
from hobnob_client.progress import LinkState
from hobnob_client.tui.rooms import care, steps
from hobnob_client.tui.rooms.contents import Contents, Standing
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rooms.seen import Seen
from hobnob_client.tui.screens.done_with import done_with
from hobnob_client.tui.voice import Place
from hobnob_protocol.errors import WorldError

if TYPE_CHECKING:
    from hobnob_client.reading.finder import Finder
    from hobnob_client.tui.screens.main import MainScreen

CARE_SECONDS: Final = 5.0
"""Who waits is looked up at most so often."""
AGE_SECONDS: Final = 300.0
"""... and at least so often: a question that nobody answers waits from some hour on."""
_CARED: Final = "screen:cared"
"""Under which name this profile keeps what is seen to."""
_PASSED: Final = "screen:passed"
"""Under which name it keeps the first steps that are not for one."""


class Caring:
    """Care of one screen; `show` is called when somebody else waits, or nobody any more."""

    def __init__(
        self, screen: "MainScreen", contents: Contents, show: Callable[[], object]
    ) -> None:
        self._screen = screen
        self._contents = contents
        self._show = show
        self._beside = screen.engine.beside(screen.zone, lambda: screen.today)
        self._cared = Seen()
        self._needs: tuple[Need, ...] = ()
        self._passed: frozenset[Step] = frozenset()
        self._beginning = Beginning()
        self._welcome = Welcome()
        self._begins = True
        """One may be a newcomer."""
        self._began = 0.0
        self._recalled = self._cares = self._looked_once = False
        self._works = self._waits = self._again = False

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """What this device keeps."""
        self._cared = Seen(notes.get(_CARED, b"") + bytes(self._cared))
        kept = notes.get(_PASSED, b"").decode(errors="replace").split()
        self._passed |= {step for step in Step if step.value in kept}
        self.welcome(Welcome(kept_of(notes.get(WELCOME, b""))))
        self._recalled = True
        self.look()

    def welcome(self, welcome: Welcome) -> None:
        """A newcomer's questions, and what was answered: their first steps go by it at once."""
        self._welcome = welcome
        if self._recalled:
            self._begin()

    def close(self) -> None:
        """Nobody cares any more."""
        self._beside.close()

    @property
    def holds(self) -> bool:
        """Has one a role that cares for all members?"""
        reader = self._screen.reader
        return reader.role(reader.me) in CARING

    # Looking.

    def look(self) -> None:
        """Something may have come: look, unless that was done just now."""
        if not self._recalled or not (self.holds or self._begins):
            self._needs = ()
            return
        if self._looked_once and not (self.holds or self._is_seen):
            # Home looks when it is opened.
            return
        passed = time.monotonic() - self._began
        if passed >= CARE_SECONDS:
            self._begin()
        elif not self._waits:
            self._waits = True
            self._screen.set_timer(CARE_SECONDS - passed, self._later)

    @property
    def _is_seen(self) -> bool:
        """Are the first steps before one's eyes, or is one about to be asked or shown around?"""
        begins = self._screen.greeting.greets or self._welcome.kept.wants_buddy
        return begins or self._screen.rooms.room is Room.HOME

    def age(self) -> None:
        """Nothing has come, but what was asked is older: whoever cares for all hears of that."""
        if self._recalled and self.holds and time.monotonic() - self._began >= AGE_SECONDS:
            self._begin()

    def _later(self) -> None:
        self._waits = False
        self.look()

    def _begin(self) -> None:
        self._began = time.monotonic()
        self._again = True
        self._cares = self.holds
        if not self._works:
            self._works = True
            self._screen.run_worker(self._looked())

    async def _looked(self) -> None:
        try:
            while self._again:
                self._again = False
                await self._screen.calm.come()
                await self._indexed()
                self._needs, self._beginning, self._begins = await self._beside.ask(self._look)
                self._looked_once = True
                self._show()
                self._screen.greeting.greet(self._beginning, self._welcome.kept)
        except WorldError:
            # What is known stays, and is looked up again.
            self._again = False
        finally:
            self._works = False

    def _look(self, finder: "Finder") -> tuple[tuple[Need, ...], Beginning, bool]:
        """On the thread beside the screen."""
        now_ms = round(time.time() * 1_000)
        needs = finder.care(now_ms) if self._cares else ()
        if not self._begins:
            return needs, Beginning(), False
        return needs, finder.begin(now_ms, self._welcome), finder.is_new(now_ms)

    async def _indexed(self) -> None:
        """Wait for what has just come to be searchable, where somebody is at it."""
        engine = self._screen.engine
        if engine.link is LinkState.ONLINE:
            with suppress(TimeoutError):
                async with asyncio.timeout(CARE_SECONDS):
                    await engine.indexed()

    # What it says.

    def _open(self) -> list[Need]:
        return [need for need in self._needs if need.name not in self._cared]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The entries of the room."""
        return care.entries(self._contents, self._open(), round(time.time() * 1_000))

    def onto(self, standing: Standing) -> Standing:
        """Home, with how many wait."""
        now_ms = round(time.time() * 1_000)
        found = care.onto(standing, care.at_home(self._contents, self._open(), now_ms))
        left = without(self._beginning, self._passed)
        begin = steps.entries(self._contents, left, now_ms)
        mine = tuple(each for each in found.lines if not each.later)
        return replace(found, lines=(*mine, *begin, *found.lines[len(mine) :]))

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self._open())

    # Acting.

    def done(self, line: Line) -> bool:
        """Somebody has seen to it; False where the entry is none of these."""
        if line.sort is Sort.STEP:
            self._pass(line)
            return True
        if line.sort is not Sort.CARE:
            return False
        self._cared.add(line.covers)
        done_with(self._screen, self._keep, lambda: self._cared.drop(line.covers))
        return True

    def _pass(self, line: Line) -> None:
        """One of the first steps is not for one."""
        step = frozenset(each for each in Step if steps.key_of(each) == line.key)

        def back() -> None:
            self._passed -= step

        self._passed |= step
        done_with(self._screen, self._keep, back)

    def go(self, line: Line) -> bool:
        """Begin with what leads to no message: the questions, or a draft that is put there and not
        sent."""
        found, screen = self._beginning, self._screen
        if line.key == steps.key_of(Step.QUESTIONS):
            screen.greeting.begin()
            return True
        if found.buddy is not None and line.key == steps.key_of(Step.PERSON):
            return self.reply(line)
        asks = line.key == steps.key_of(Step.ASK)
        stream = found.ask if asks else found.hello
        if stream is None or not (asks or line.key == steps.key_of(Step.HELLO)):
            return False
        screen.ways.write_in(Place(stream))
        handle, kept = screen.reader.handle(screen.reader.me), self._welcome.kept
        said = hello(handle, kept.first, kept.topics)
        screen.drafting.propose(f"{said} {t('My question:')} " if asks else said)
        return True

    def reply(self, line: Line) -> bool:
        """Write to whom one may get to know, or who wants to be shown around; False for any other
        entry."""
        wants = [each for each in self._needs if each.sort is NeedSort.BUDDY]
        who = next((each.who for each in wants if (each.name,) == line.covers), None)
        if who is not None:
            self._screen.write_to(who)
            return True
        person = self._beginning.buddy or self._beginning.person
        if line.key != steps.key_of(Step.PERSON) or person is None:
            return False
        self._screen.write_to(person.account)
        return True

    async def _keep(self) -> None:
        await self._screen.engine.note(_CARED, bytes(self._cared))
        await self._screen.engine.note(_PASSED, " ".join(sorted(self._passed)).encode())
        self._show()
