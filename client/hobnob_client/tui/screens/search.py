"""Search as you type over all history on this device; nothing is asked of the hub.

What is typed is looked for beside the screen. A key that acts upon what is found waits for nothing:
where that is not there yet, it is found at once.
"""

import asyncio
from collections.abc import Callable
from datetime import date, tzinfo
from itertools import islice
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker

from hobnob_client.catalogue import t
from hobnob_client.finding.completing import Offer
from hobnob_client.finding.hits import NO_MOMENT
from hobnob_client.finding.meaning import Meaning, Wanted
from hobnob_client.finding.months import Month, walked
from hobnob_client.reading import Reader
from hobnob_client.reading.beside import Beside
from hobnob_client.tui import query_line, spark
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.found import Found, Wishes, looked
from hobnob_client.tui.hit_rows import FIRST_HITS, HitRows
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.query_told import NONE, Cycle, completes, told
from hobnob_client.tui.screens.finding import CANNOT_READ
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.widgets.around import Around
from hobnob_client.tui.widgets.field import Field
from hobnob_protocol.errors import WorldError
from hobnob_protocol.ids import StreamId

REST_SECONDS: Final = 0.03
"""Keys that follow each other faster are one question."""
MONTHS_AT_ONCE: Final = 6
EDGE_CELLS: Final = 4
"""What an edge has beside the words in it."""
BESIDE_LINES: Final = 14
"""So many lines of the screen at most are others than those of hits, on the lowest screen."""


class SearchScreen(PunctualModal[None]):
    """A field, what is said of it, the hits, and what stands around the selected one."""

    CSS = """
    SearchScreen { align: center top; }
    #search {
        width: 96%; height: 94%; margin-top: 1; border: round $accent; background: $surface;
    }
    SearchScreen.-none > #search, SearchScreen.-few > #search { height: auto; }
    SearchScreen.-none > #search > Timeline { height: 1; }
    #search Input { border: none; height: 1; padding: 0 1; }
    #said { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
    #said.-wrong { color: $text-warning; }
    #months { height: auto; padding: 0 1; color: $text-primary; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.SEARCH)]

    def __init__(
        self,
        reader: Reader,
        beside: Beside,
        wishes: Wishes,
        place_name: Callable[[StreamId], str],
        zone: tzinfo,
        today: date,
        text: str = "",
        place: int | None = None,
    ) -> None:
        """`text` is as if typed, `place` the hit that is selected then."""
        super().__init__()
        self._reader, self._beside, self._wishes = reader, beside, wishes
        self._finder = reader.finder(zone, lambda: today)
        self._place_name = place_name
        self._zone = zone
        self._begin = (text, place)
        self._found = Found("", 0, Meaning(Wanted(""), ()), NO_MOMENT, (), (), 0)
        self._listed: HitRows = self._rows_of(self._found)
        self._months: list[Month] = []
        self._cycle = NONE
        self._box = Vertical(id="search")
        self._counted = False
        """Is it said above how many were found in all?"""
        self._look: Worker[None] | None = None
        self.field = Field(t("what you look for"), value=text)
        self.said = Static(Content(query_line.begins()), id="said")
        self.months = Static(id="months")
        self.around = Around(id="around")
        self.timeline = Timeline(self._listed, zone=zone, today=today)
        self.timeline.can_focus = False
        self._does: dict[str, Callable[[], None]] = {
            "hit_up": lambda: self._move(-1),
            "hit_down": lambda: self._move(1),
            "page_up": lambda: self._page(-1),
            "page_down": lambda: self._page(1),
            "month_before": lambda: self._walk(-1),
            "month_after": lambda: self._walk(1),
            "complete": self._complete,
            "go": self._go,
            "save": self._save,
            "ask": self._ask,
            "close": lambda: self._leave(None),
        }

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with self._box as box:
            box.border_title = Content(t("Search"))
            yield self.field
            yield self.said
            yield self.months
            yield self.timeline
            yield self.around

    def on_mount(self) -> None:
        """One who comes back sees what was left."""
        self.add_class("-none")
        text, place = self._begin
        if text:
            self.field.cursor_position = len(text)
            self._take(self._settled())
            if place is not None:
                self.timeline.go_to(place)
                self._show_around()

    def on_unmount(self) -> None:
        """Nobody searches any more."""
        self._beside.close()

    def on_resize(self) -> None:
        """As many words for the keys as there is room for."""
        room = self._box.size.width - EDGE_CELLS
        self._box.border_subtitle = Content(query_line.keys(self._wishes.asks(), room))
        self.call_after_refresh(self._fit)

    # Looking.

    def on_input_changed(self) -> None:
        """Look for what is typed now; what was looked for before is given up."""
        self._look_again()

    def show(self) -> None:
        """Something may have changed, as when a message has come: look again, and stay."""
        if self._found.text:
            self._look_again()

    def _look_again(self) -> None:
        self._look = self.run_worker(self._looking, exclusive=True, group="looking")

    async def _looking(self) -> None:
        await asyncio.sleep(REST_SECONDS)
        text, at = self.field.value, self.field.cursor_position
        try:
            found = await self._beside.ask(lambda finder: looked(text, at, finder))
            if self.is_running:
                self._take(found)
                await self._count()
        except WorldError:
            self._cannot_read()

    async def _count(self) -> None:
        """The hits of each month, some at a time, while one looks at the first of them."""
        wanted, moment = self._found.meaning.wanted, self._found.moment
        found: list[Month] = []
        counting = await self._beside.ask(lambda finder: finder.months(wanted, moment))
        while self.is_running:
            some = await self._beside.ask(lambda _: [*islice(counting, MONTHS_AT_ONCE)])
            found += some
            whole = len(some) < MONTHS_AT_ONCE
            self._months = found
            self._show_months(whole=whole)
            if whole:
                return

    def _settled(self) -> Found:
        """What the present text finds: found now, unless it was."""
        text, at = self.field.value, self.field.cursor_position
        if (self._found.text, self._found.at) == (text, at):
            return self._found
        return looked(text, at, self._finder)

    def _rows_of(self, found: Found) -> HitRows:
        wanted, moment = found.meaning.wanted, found.moment
        return HitRows(self._reader, self._finder, wanted, moment, found.hits, self._place_name)

    def _take(self, found: Found) -> None:
        """Show what was found; who has selected one of it already stays there."""
        before, row = self._found, self.timeline.row
        if found is before:
            return
        self._found = found
        if found.text != before.text or found.hits != before.hits:
            grows = bool(found.hits) and self.has_class("-none")
            self.set_class(not found.hits, "-none")
            self._listed = self._rows_of(found)
            self.timeline.show(self._listed)
            stays = row is not None and found.text == before.text
            kept = row.target if stays and row is not None else None
            newest = self.timeline.window.last()
            if kept is None or self.timeline.window.row(kept) is None:
                kept = newest
            self.timeline.select(kept)
            self._fit()
            if grows and self.timeline.row is not None:
                self.timeline.open_later_on(self.timeline.row.order)
        if found.text != before.text:
            self._months = []
            self._show_months(whole=True)
        self._explain()
        self._show_around()

    def _fit(self) -> None:
        """Where all that was found has room, the box is no taller."""
        hits, timeline = self._found.hits, self.timeline
        room = self.size.height - BESIDE_LINES - self.size.height // 10
        lines = timeline.lines(room + 1) if timeline.size.width else 0
        few = 0 < len(hits) < FIRST_HITS and 0 < lines <= room
        self.set_class(few, "-few")
        timeline.styles.height = lines if few else None
        if few:
            # All of it is seen, also before it is told how tall it is.
            timeline.viewport.to_end()

    # Saying.

    def _explain(self) -> None:
        wishes = self._wishes
        said = told(self._found, self._cycle, self._room, wishes.asks(), wishes.command)
        self._counted = said.counted
        self._say(said.text, wrong=said.wrong)

    @property
    def _room(self) -> int:
        """Cells of a line in the box; a guess before it is laid out."""
        return max(20, (self.timeline.size.width or self.size.width * 96 // 100 - 2) - 2)

    def _cannot_read(self) -> None:
        self._say(t(CANNOT_READ), wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.said.set_class(wrong, "-wrong")
        self.said.update(Content(text))

    def _show_months(self, *, whole: bool) -> None:
        text = spark.line(self._months, self._room, whole=whole, counted=self._counted)
        self.months.update(Content(text))

    def _show_around(self) -> None:
        self.around.put(self._listed, self.timeline.row, self._room)

    # Acting.

    def on_input_submitted(self) -> None:
        """Enter stands in the field."""
        self._go()

    def asked(self, pane: Widget, action: str) -> None:
        """In the list of hits a double click goes there; nothing else is offered."""
        if action == "open":
            self._go()

    def on_timeline_selected(self) -> None:
        """A click selects, too."""
        self._show_around()

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        try:
            self._does[action]()
        except WorldError:
            self._cannot_read()

    def _move(self, rows: int) -> None:
        self._take(self._settled())
        self.timeline.move(rows)

    def _page(self, pages: int) -> None:
        self._take(self._settled())
        self.timeline.move(pages * max(1, self.timeline.size.height // 3))

    def _walk(self, step: int) -> None:
        """To the newest hit of the month before the selected one's, or of the one behind it."""
        self._take(self._settled())
        row = self.timeline.row
        below = None if row is None else walked(self._months, row.order, step, self._zone)
        hits = () if below is None else self._listed.older(below, 1)
        if hits:
            self.timeline.go_to(hits[-1].order)

    def _complete(self) -> None:
        """Type what is offered; once more, the next instead of it."""
        found = self._settled()
        self._take(found)
        offers = self._cycle.offers
        if len(offers) > 1 and self._cycle.text == found.text:
            nth = (self._cycle.chosen + 1) % len(offers)
            self._put(offers, nth, offers[nth].start, self.field.cursor_position)
            return
        wrong = query_line.at_problem(found.meaning.problems, found.at)
        if found.instead and wrong is None and not completes(found.offers):
            self._cycle = NONE
            self.field.value = found.instead
            self.field.cursor_position = len(found.instead)
            self._take(self._settled())
        elif found.offers:
            self._put(found.offers, 0, found.offers[0].start, found.offers[0].end)
        elif wrong is not None and wrong.instead:
            label = wrong.instead
            self._put((Offer(wrong.start, wrong.end, label, label),), 0, wrong.start, wrong.end)

    def _put(self, offers: tuple[Offer, ...], nth: int, start: int, end: int) -> None:
        field: Input = self.field
        text, typed = field.value, offers[nth].text
        field.value = text[:start] + typed + text[end:]
        field.cursor_position = start + len(typed)
        # An operator alone is followed by its value: Tab offers that next.
        self._cycle = NONE if typed.endswith(":") else Cycle(offers, nth, field.value)
        self._take(self._settled())

    def _go(self) -> None:
        self._take(self._settled())
        row = self.timeline.row
        hit = self._listed.hit(row) if row is not None else None
        if hit is not None and self.is_active:
            text = self._found.text
            self._leave(lambda: self._wishes.go(text, hit))
        elif hit is None and self.is_active:
            command = self._wishes.command(self._found.text)
            if command:
                self._leave(lambda: self._wishes.do(command))

    def _ask(self) -> None:
        words = self.field.value.strip()
        if words and self._wishes.asks():
            self._leave(lambda: self._wishes.ask(words))

    def _save(self) -> None:
        query = self.field.value.strip()
        if query:
            self._wishes.save(query)

    def _leave(self, then: Callable[[], None] | None) -> None:
        self.dismiss(None)
        if then is not None:
            # At once: the next key belongs there already.
            then()
