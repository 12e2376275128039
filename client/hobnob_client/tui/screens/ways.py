"""Where one goes from the first screen: over it, and back to a place in it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from hobnob_client import slash
from hobnob_client.catalogue import date_long, t
from hobnob_client.tui import listing
from hobnob_client.tui.action import Action, Needs, Pane
from hobnob_client.tui.actions import Actor
from hobnob_client.tui.composing import commands
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.screens.deeds import Deeds
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.screens.lacking import words as lacks
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_client.tui.widgets.talk import joined
from hobnob_protocol.ids import StreamId

if TYPE_CHECKING:
    from hobnob_client.finding.hits import Hit
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.outbox import Left


QUERY_TEXT_MAX: Final = 1_000
"""A longer query is kept cut: nobody types one."""


class Ways:
    """The ways of one screen."""

    def __init__(self, screen: "MainScreen", deeds: Deeds) -> None:
        self._screen = screen
        self._deeds = deeds
        self._came: tuple[str, Hit] | None = None
        """By which search one came where one is."""
        self.does: Does = {
            "help": lambda asked: self.show_keys(asked.pane),
            "keys": lambda asked: self.show_keys(asked.pane),
            "palette": lambda asked: self.show_palette(asked.pane),
            "search": simply(self.search),
            "find": simply(self.search),
            "switch": simply(self.switch),
            "outbox": simply(self.outbox),
            "address": simply(self.address),
            "day": simply(self.day),
        }

    def show_keys(self, pane: object) -> None:
        """All keys, over what is there: those of the focused pane first."""
        first = pane.PANE if isinstance(pane, Actor) else Pane.EVERYWHERE
        from hobnob_client.tui.screens.keys import KeysScreen

        app_of(self._screen).push_screen(KeysScreen(first, self._screen.action_act))

    def show_palette(self, pane: object, letters: str = "") -> None:
        """All that can be done in the focused pane and everywhere, or what these letters find of
        it; one of it is done there."""
        screen = self._screen
        actor = pane if isinstance(pane, Actor) else screen.channels

        def act(action: Action) -> None:
            if action.pane is Pane.EVERYWHERE:
                screen.action_act(action.id)
            else:
                actor.action_act(action.id)

        row = pane.row if isinstance(pane, Timeline) else None

        def lacking(needs: Needs) -> str:
            return "" if actor.fits(needs) else lacks(needs, row)

        from hobnob_client.tui.palette import entries
        from hobnob_client.tui.screens.palette import PaletteScreen

        app_of(screen).push_screen(PaletteScreen(entries(actor.PANE, lacking), act, letters))

    def search(self, query: str = "") -> None:
        """Search, and go to what was found; by a query that is kept."""
        # A space finishes it: nobody is typing its last word.
        self._search(f"{query} " if query else "", None)

    def _search(self, text: str, place: int | None) -> None:
        screen = self._screen
        beside = screen.engine.beside(screen.zone, lambda: screen.today)
        name = partial(listing.place_name, screen.reader)
        where = (screen.zone, screen.today)
        from hobnob_client.tui.screens.search import SearchScreen

        dialog = SearchScreen(screen.reader, beside, self, name, *where, text, place)
        app_of(screen).push_screen(dialog)

    def go(self, query: str, hit: "Hit") -> None:
        """Go to what was found; one step back is the search again."""
        self._screen.go_to(hit.stream, hit.target)
        self._came = (query, hit)

    def back_to_search(self) -> bool:
        """From a hit back to the search it was found by; False where one is elsewhere by now."""
        came, self._came = self._came, None
        place, focused = self._screen.channel.place, self._screen.focused
        at_hit = focused is self._screen.channel.timeline
        if came is None or not at_hit or place != Place(came[1].stream):
            return False
        self._search(came[0], came[1].place)
        return True

    def asks(self) -> str:
        """How the place is called where one would ask; "" for none."""
        place = self._screen.channel.place
        return "" if place is None else listing.place_name(self._screen.reader, place.stream)

    def ask(self, words: str) -> None:
        """What was looked for is begun as a message where one is; nothing is sent."""
        composer = self._screen.channel.composer
        composer.put(joined(composer.text, words if composer.text.strip() else slash.typed(words)))
        composer.focus()

    def command(self, words: str) -> str:
        """The command these words are behind a slash; "" for none that is done anywhere."""
        return commands.anywhere(words)

    def do(self, command: str) -> None:
        """Do a command that acts upon nothing of a place."""
        self._screen.composing.commands.do_anywhere(command)

    def save(self, query: str) -> None:
        """Keep a query, or no longer."""
        self._screen.run_worker(self._save(query[:QUERY_TEXT_MAX]))

    async def _save(self, query: str) -> None:
        screen = self._screen
        kept = screen.searches.keeps(query)
        await screen.engine.private.keep_search(query, on=not kept)
        screen.searches.changed()
        while await screen.searches.count_one():
            pass
        screen.show_list()
        if kept:
            screen.tell(t("The search is dropped."))
        else:
            screen.tell(t("The search is kept in the list of channels; Ctrl+S removes it."))

    def day(self) -> None:
        """Ask for a day, and go there in the channel."""
        from hobnob_client.tui.screens.day import DayScreen

        app_of(self._screen).push_screen(DayScreen(self._screen.today, self.to_day))

    def to_day(self, day: date) -> None:
        """Go to the first message of a day, in the channel."""
        screen = self._screen
        place = screen.channel.place
        if place is None:
            return
        seq = screen.reader.finder(screen.zone, lambda: screen.today).first_on(place.stream, day)
        if seq is None:
            screen.tell(
                t("Nothing was said here on {day} or later.", day=date_long(day, weekday=False))
            )
        else:
            screen.channel.timeline.go_to(seq)
        screen.framing.read_channel()

    def switch(self) -> None:
        """Go to a channel by name, or to somebody by handle."""
        self._switch("", self.choose)

    def address(self) -> None:
        """Write to somebody, who is asked for by handle."""
        self._switch("@", self._write)

    def write_somewhere(self) -> None:
        """Choose where, and write there."""
        places = [item for item in self._screen.channels.items if item.stream is not None]
        self._switch("", self._write, places, t("Write where?"))

    def _switch(
        self,
        letters: str,
        then: Callable[[Item], None],
        places: Sequence[Item] | None = None,
        title: str = "",
    ) -> None:
        from hobnob_client.tui.screens.switcher import SwitcherScreen, members

        people = members(self._screen.reader)
        items = self._screen.channels.items if places is None else places
        pane = self._screen.focused
        palette = partial(self.show_palette, pane)
        dialog = SwitcherScreen(items, people, then, letters, title, palette)
        app_of(self._screen).push_screen(dialog)

    def choose(self, item: Item) -> None:
        """To what a line of a list is of; a channel that is not joined is joined instead."""
        if item.query:
            self.search(item.query)
        elif item.room:
            self._screen.rooms.choose(item)
        elif self._opens(item):
            self._screen.framing.read_channel()
        elif item.account is not None:
            self._screen.write_to(item.account)

    def _write(self, item: Item) -> None:
        if item.account is not None:
            self._screen.write_to(item.account)
        elif self._opens(item, to_write=True):
            self._screen.framing.write_in_channel()

    def _opens(self, item: Item, *, to_write: bool = False) -> bool:
        if item.stream is None:
            return False
        if not (item.joined or self._has_joined(item.stream)):
            self._deeds.join(item, to_write=to_write)
            return False
        self._screen.entering.open_channel(item.stream)
        return True

    def _has_joined(self, stream: StreamId) -> bool:
        # The list may be older than what has come since: who joins twice is refused.
        line = self._screen.reader.line(stream)
        return line is not None and line.joined

    def outbox(self) -> None:
        """See what waits, and go to where it belongs."""
        from hobnob_client.tui.screens.outbox import OutboxScreen

        screen = self._screen
        dialog = OutboxScreen(screen.engine, screen.why_waits, screen.zone, screen.today)
        app_of(screen).push_screen(dialog, self._left_outbox)

    async def _left_outbox(self, left: "Left | None") -> None:
        if left is None:
            return
        waiting, screen = left.waiting, self._screen
        if not left.rewrite:
            if waiting.target is not None:
                screen.go_to(waiting.stream, waiting.target)
            return
        # First the draft, then the tray: whatever ends this between the two, the text is there.
        place = Place(waiting.stream, waiting.thread)
        begun = screen.drafting.begun(place)
        text = waiting.text if begun.strip() else slash.typed(waiting.text)
        with telling(screen):
            await screen.drafting.keep(place, joined(begun, text))
            await screen.engine.discard(waiting.n)
        self.write_in(place)

    def write_in(self, place: Place) -> None:
        """Go on with what is kept as begun in a place."""
        screen = self._screen
        if screen.channel.place != place:
            screen.drafting.keep_of(screen.channel)
        screen.entering.close_thread()
        screen.channel.place = None
        screen.channel.composer.put("")
        screen.entering.open_channel(place.stream)
        if place.thread is None:
            screen.framing.write_in_channel()
            return
        screen.go_to(place.stream, place.thread)
        row = screen.channel.timeline.row
        if row is not None:
            screen.entering.open_thread(place.stream, place.thread, row)
            screen.thread.composer.focus()
