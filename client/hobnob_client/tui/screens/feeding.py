"""The feed on the first screen: ranked on a thread of its own, so that no key waits, when its room
is opened, when asked, and after something came at most every few seconds."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.tui.rooms.cards import when
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.room import ABOUT, EMPTY, Room
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Asked, Does
from hobnob_client.tui.voice import Regret

if TYPE_CHECKING:
    from hobnob_client.feed.fewer import Fewer
    from hobnob_client.feed.source import Gathered
    from hobnob_client.tui.rooms.ranked import Entry, Told
    from hobnob_client.tui.screens.main import MainScreen

RANK_SECONDS: Final = 5.0
"""What came since is ranked at most so often."""
_FEWER: Final = "screen:fewer"
"""Under which name an older version kept what one sees fewer of, on this device alone."""


class Feeding:
    """The feed of one screen; `show` is called when there is something else to show, `selected`
    gives the name of the entry under the cursor where the room is shown."""

    def __init__(
        self,
        screen: "MainScreen",
        contents: Contents,
        show: Callable[[], object],
        selected: Callable[[], bytes | None],
    ) -> None:
        self._screen = screen
        self._contents = contents
        self._show = show
        self._selected = selected
        self._beside = screen.engine.beside(screen.zone, lambda: screen.today)
        self.fewer: tuple[Fewer, ...] = ()
        self._gathered: Gathered | None = None
        self._began = 0.0
        self._works = self._waits = self._again = self._stale = False
        self._by_time = False
        self.entries: tuple[Entry, ...] = ()
        self.does: Does = {
            "feed_terms": self._upon(self._terms),
            "feed_order": self._here(self._turn),
            "feed_anew": self._here(self._anew),
            "fewer": self._upon(self._see_fewer),
        }

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """What one's devices keep."""
        older = notes.get(_FEWER, b"")
        if older:
            self._screen.run_worker(self._take_over(older))
        else:
            self._know()

    def _know(self) -> None:
        held = self._screen.reader.sees_fewer()
        if held.own or held.others or self.fewer:
            # What ranks is loaded by who sees the Feed, or has wished something of it.
            from hobnob_client.feed import kept

            self.fewer = kept.all_of(held)

    def close(self) -> None:
        """Nobody ranks any more."""
        self._beside.close()

    # Ranking.

    def look(self, *, opened: bool = False) -> None:
        """The room is shown, or was opened: rank it, unless that was done just now."""
        passed = time.monotonic() - self._began
        if opened or passed >= RANK_SECONDS:
            self._anew()
        elif not self._waits:
            self._waits = True
            self._screen.set_timer(RANK_SECONDS - passed, self._later)

    def _later(self) -> None:
        self._waits = False
        if self._screen.rooms.room is Room.FEED:
            self._anew()

    def _anew(self) -> None:
        self._stale = True
        self._began = time.monotonic()
        self._rank()

    def _rank(self) -> None:
        if self._works:
            self._again = True
            return
        self._works = True
        self._screen.run_worker(self._ranked())

    async def _ranked(self) -> None:
        try:
            while True:
                self._again = False
                await self._rank_once()
                if not self._again:
                    return
        finally:
            self._works = False

    async def _rank_once(self) -> None:
        from hobnob_client.tui.rooms.ranked import entry, order

        now_ms = round(time.time() * 1_000)
        # Another device may have told of more.
        self._know()
        before, fewer, by_time = self._gathered, self.fewer, self._by_time
        if self._stale:
            self._stale, before = False, None

        def ranked(gathered: "Gathered") -> "tuple[Gathered, tuple[Told, ...]]":
            return gathered, order(gathered, fewer, now_ms, by_time=by_time)

        found = await self._beside.ask(lambda finder: ranked(before or finder.feed(now_ms)))
        self._gathered, told = found
        zone, today = self._screen.zone, self._screen.today
        entries: list[Entry] = []
        for each in told:
            words = entry(self._contents, each, lambda ms: when(ms, zone, today), now_ms)
            if words is not None:
                entries.append(words)
            # Each asks the replica some things: a key is heard in between.
            await asyncio.sleep(0)
        self.entries = tuple(entries)
        self._show()

    # What the room says.

    @property
    def about(self) -> str:
        """What stands above the entries."""
        if self._gathered is None and not self.entries:
            return t("It is being ranked …")
        if not self.entries:
            hides = self._gathered is not None and self._gathered.talks
            hidden = t("All there is you wanted to see fewer of: f shows it, newest first.")
            return hidden if hides else t(EMPTY[Room.FEED])
        by_rank = t("● For you  ○ Newest first (f)")
        by_time = t("○ For you  ● Newest first (f)")
        return f"{t(ABOUT[Room.FEED])}\n{by_time if self._by_time else by_rank}"

    # Keys.

    def _here(self, do: Callable[[], object]) -> Callable[[Asked], None]:
        """Only in this room."""

        def done(asked: Asked) -> None:
            if self._screen.rooms.room is Room.FEED:
                do()
            else:
                self._screen.tell(t("That is for the Feed, below Home."))

        return done

    def _upon(self, do: "Callable[[Entry], object]") -> Callable[[Asked], None]:
        """Upon the entry under the cursor."""

        def act() -> None:
            key = self._selected()
            found = next((each for each in self.entries if each.line.key == key), None)
            if found is None:
                self._screen.tell(t("There is nothing here to act upon."))
            else:
                do(found)

        return self._here(act)

    def _turn(self) -> None:
        self._by_time = not self._by_time
        self._rank()

    def _terms(self, entry: "Entry") -> None:
        if entry.why is None:
            self._screen.tell(t("It stands here by its time alone: f ranks it."))
            return
        from hobnob_client.tui.rooms.ranked import term_cards
        from hobnob_client.tui.screens.terms import TermsScreen

        cards = term_cards(entry.why, entry.reasons)
        ask(app_of(self._screen), TermsScreen(entry.line.where, cards), lambda _: None)

    def _see_fewer(self, entry: "Entry") -> None:
        from hobnob_client.feed.fewer import Fewer, Sort

        wish = Fewer(Sort.THREAD, entry.spot, round(time.time() * 1_000))
        self._screen.run_worker(self._change(lambda own: (*own, wish)))

        async def undo() -> None:
            await self._change(lambda own: tuple(each for each in own if each != wish))

        self._screen.voice.regret = Regret(t("seeing fewer"), undo)
        self._screen.tell(t("Not here for 14 days, then little by little again; z undoes it."))

    async def _change(self, changed: "Callable[[tuple[Fewer, ...]], tuple[Fewer, ...]]") -> None:
        """Of what this device was told, and rank anew."""
        from hobnob_client.feed import kept

        own = changed(kept.from_bytes(self._screen.reader.sees_fewer().own))
        now_ms = round(time.time() * 1_000)
        await self._screen.engine.private.keep_fewer(kept.to_bytes(own, now_ms))
        self._know()
        self._rank()

    async def _take_over(self, older: bytes) -> None:
        """What an older version kept goes where one's other devices read it, too."""
        from hobnob_client.feed import kept

        await self._change(lambda own: (*kept.from_bytes(older), *own))
        await self._screen.engine.note(_FEWER, b"")
