"""Boards on the first screen: asked of the hub when their room is opened or something of it is
changed, again while the hub may not have counted what came, and the last one shown with its time
while the hub is away."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.link import LinkLost
from hobnob_client.news import News
from hobnob_client.not_let_in import NotLetIn
from hobnob_client.progress import LinkState
from hobnob_client.recognition import asking, words
from hobnob_client.recognition.recounting import Recounting
from hobnob_client.tui.rooms import board
from hobnob_client.tui.rooms.board import Entry
from hobnob_client.tui.rooms.cards import when
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rooms.room import EMPTY, Room
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Asked, Does, Doing
from hobnob_client.tui.widgets.card_list import Card
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_protocol.ids import (
    PEOPLE,
    AccountId,
    ChannelId,
    StreamId,
    StreamType,
    stream_type,
)
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.periods import PERIODS
from hobnob_protocol.questions import BoardAnswer, BoardQuestion

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

FIRST: Final = "season"
CALLED: Final = {
    "week": later("week"),
    "season": later("season"),
    "year": later("year"),
    "all": later("all"),
}
"""The periods, as they are chosen."""


def _counts(stream: StreamId) -> bool:
    """May the hub count what is in there?"""
    return stream == PEOPLE or stream_type(stream) is StreamType.CHANNEL


class Boarding:
    """The boards of one screen; `show` is called when there is something else to show."""

    def __init__(
        self, screen: "MainScreen", contents: Contents, show: Callable[[], object]
    ) -> None:
        self._screen = screen
        self._contents = contents
        self._show = show
        self._period = FIRST
        self._place: Item | None = None
        """The channel that the board is of; None for everybody."""
        self._answer: BoardAnswer | None = None
        self._unfolded: BoardAnswer | None = None
        self._why = ""
        self._asks = self._unfolds = 0
        """Questions so far, for the board and for one row of it: an answer to one before the last
        is late."""
        self._waits = self._unfolding = self._will_ask = False
        self._recounting = Recounting(time.monotonic)
        self.entries: tuple[Entry, ...] = ()
        self.does: Does = {
            "board_period": self._here(self._next),
            "board_place": self._here(self._choose),
            "board_part": self._here(self._take_part),
        }

    # Asking.

    def look(self) -> None:
        """The room was opened, or something of it was changed: ask."""
        self._asks += 1
        self._unfolds += 1
        self._waits, self._unfolding = True, False
        self._show()
        self._screen.run_worker(self._asked(self._asks, None))

    async def _ask(self, whose: AccountId | None) -> asking.Asked[BoardAnswer]:
        stream = self._place.stream if self._place is not None else None
        channel = ChannelId(stream[2:]) if stream is not None else None
        question = BoardQuestion(self._period, channel, whose)
        return await asking.board(self._screen.engine, question)

    async def _asked(self, number: int, whose: AccountId | None) -> None:
        if whose is None:
            self._recounting.ask()
        asked = await self._ask(whose)
        if number != (self._asks if whose is None else self._unfolds):
            return
        self._unfolding = False
        if whose is None:
            self._waits = False
            self._answer, self._unfolded, self._why = asked.answer, None, asked.why
        elif asked.answer is None:
            self._screen.tell(t("Not unfolded: {why}.", why=words.why(asked.why)))
        else:
            self._unfolded = asked.answer
        self._tell()
        self.tend()

    def hear(self, news: News) -> None:
        """Something has come: in a channel, or of who takes part, it may count; and a hub that was
        away may be there."""
        came = news.everything or any(map(_counts, news.streams))
        if came or (self._why and news.link is LinkState.ONLINE):
            self._recounting.hear()
            self.tend()

    def tend(self) -> None:
        """While one looks at a board, ask again for what the hub may not have counted."""
        due_seconds = self._recounting.due_seconds
        if self._is_seen and not self._will_ask and due_seconds is not None:
            self._will_ask = True
            self._screen.set_timer(due_seconds, self._again)

    @property
    def _is_seen(self) -> bool:
        return self._screen.rooms.room is Room.BOARDS and app_of(self._screen).app_focus

    def _again(self) -> None:
        self._will_ask = False
        if self._is_seen and not (self._waits or self._unfolding):
            self._screen.run_worker(self._asked_again())

    async def _asked_again(self) -> None:
        """Nothing is told of it, and what is unfolded stays so."""
        asks, unfolds = self._asks, self._unfolds
        held = self._unfolded.unfolded if self._unfolded is not None else None
        self._recounting.ask()
        asked = await self._ask(None)
        unfolded = await self._ask(held.account) if held is not None else None
        if asks == self._asks:
            self._answer, self._why = asked.answer, asked.why
            if unfolds == self._unfolds and unfolded is not None:
                self._unfolded = unfolded.answer
            self._tell()
        self.tend()

    def _tell(self) -> None:
        screen = self._screen
        zone, today = screen.zone, screen.today
        self.entries = ()
        if self._answer is not None:
            self.entries = board.entries(
                self._contents,
                self._answer,
                self._unfolded,
                screen.reader.me,
                lambda at_ms: when(at_ms, zone, today),
            )
        self._show()

    # What the room says.

    @property
    def about(self) -> str:
        """What stands above the entries."""
        answer = self._answer
        chosen = "  ".join(
            f"{'●' if each == self._period else '○'} {t(CALLED[each])}" for each in PERIODS
        )
        where = self._place.label if self._place is not None else t("everyone")
        lines = [f"{chosen}  (p)    {where}  (c)"]
        if answer is not None:
            lines.append(f"{words.period(answer, self._period)} · {words.people(answer)}")
        if self._waits or self._unfolding:
            lines.append(t("The hub is asked …"))
        elif self._why:
            lines.append(self._away(answer))
        if answer is not None and not self._waits:
            lines.append(self._part_words(answer))
            if not self.entries:
                lines.append(t(EMPTY[Room.BOARDS]))
        return "\n".join(lines)

    def _away(self, answer: BoardAnswer | None) -> str:
        why = words.why(self._why)
        if answer is None:
            return t("No board is kept on this device: {why}. R asks again.", why=why)
        moment = when(answer.as_of_ms, self._screen.zone, self._screen.today)
        return t("As of {when}: {why}. R asks again.", when=moment, why=why)

    def _part_words(self, answer: BoardAnswer) -> str:
        if answer.takes_part:
            return t("You take part; t leaves every board at once. w: the formula")
        return t("Only you see your own row until you join: t. w: the formula")

    # Keys.

    def _here(self, do: Callable[[], Doing | None]) -> Callable[[Asked], Doing | None]:
        """Only in this room."""

        def done(asked: Asked) -> Doing | None:
            if self._screen.rooms.room is Room.BOARDS:
                return do()
            self._screen.tell(t("That is for the Boards, below Home."))
            return None

        return done

    def _next(self) -> None:
        self._period = PERIODS[(PERIODS.index(self._period) + 1) % len(PERIODS)]
        self._anew()

    def _choose(self) -> None:
        """Which channel's; the public ones one reads are offered, for only of such is counted. The
        likeliest is first: of everybody's board the channel one was in last, of a channel's
        everybody; what is shown already is last."""
        # No screen waits at its start for what is seldom opened.
        from hobnob_client.tui.screens.switcher import SwitcherScreen

        lines = self._screen.reader.channels(counted=False)
        place = self._screen.channel.place
        last, shown = place.stream if place is not None else None, self._place
        items = [
            Item("everyone", t("everyone")),
            *(
                Item(line.stream.hex(), term_safe.line(line.label), stream=line.stream)
                for line in lines
                if line.joined and line.channel.public
            ),
        ]
        shown_stream = shown.stream if shown is not None else None
        items.sort(key=lambda item: (item.stream == shown_stream, item.stream not in (None, last)))
        dialog = SwitcherScreen(items, (), self._of, title=t("Whose board"))
        app_of(self._screen).push_screen(dialog)

    def _of(self, item: Item) -> None:
        self._place = item if item.stream is not None else None
        self._anew()

    def _anew(self) -> None:
        """Another board than the one that is shown."""
        self._answer = self._unfolded = None
        self.entries = ()
        self.look()

    def formula(self) -> None:
        """How points come about."""
        if self._answer is None:
            self._screen.tell(t("There is no board yet."))
            return
        cards = [
            Card(f"{nth}".encode(), head, rest)
            for nth, (head, rest) in enumerate(words.formula_parts(self._answer.rules))
        ]
        from hobnob_client.tui.screens.terms import TermsScreen

        ask(app_of(self._screen), TermsScreen(t("How points come about"), cards), lambda _: None)

    def whose(self, line: Line) -> AccountId | None:
        """Whose row this entry is, where it is one."""
        if self._screen.rooms.room is not Room.BOARDS:
            return None
        return next((each.whose for each in self.entries if each.line.key == line.key), None)

    def unfold(self, line: Line) -> bool:
        """Unfold the row of this entry, or fold it; False where it leads elsewhere."""
        found = next((each for each in self.entries if each.line.key == line.key), None)
        if found is None or found.whose is None:
            if line.stream is None:
                self._screen.tell(t("That message is not on this device."))
                return True
            return False
        held = self._unfolded.unfolded if self._unfolded is not None else None
        if held is not None and held.account == found.whose:
            self._unfolds += 1
            self._unfolded = None
            self._tell()
        else:
            self._unfolds += 1
            self._unfolding = True
            self._show()
            self._screen.run_worker(self._asked(self._unfolds, found.whose))
        return True

    async def _take_part(self) -> None:
        """Take part in recognition, or no longer."""
        screen = self._screen
        on = screen.reader.consents(screen.reader.me).get(asking.PURPOSE) is not True
        await screen.engine.compose(PEOPLE, Consent(asking.PURPOSE, on))
        if on:
            screen.tell(t("You take part from now on: your row and your badges are shown to all."))
        else:
            screen.tell(t("You are on no board any more, and no badge of yours is shown."))
        # The hub is asked once it has heard of it, as far as it is there.
        with suppress(TimeoutError, LinkLost, NotLetIn):
            async with asyncio.timeout(asking.LINK_SECONDS):
                await screen.engine.until(lambda progress: progress.settled, patient=False)
        self.look()
