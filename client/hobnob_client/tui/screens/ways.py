"""Where one goes from the first screen: over it, and back to a place in it."""

from functools import partial
from typing import TYPE_CHECKING

from hobnob_client.search import Hit
from hobnob_client.tui import listing
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.keys import KeysScreen
from hobnob_client.tui.screens.outbox import Left, OutboxScreen
from hobnob_client.tui.screens.search import SearchScreen
from hobnob_client.tui.screens.switcher import SwitcherScreen
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_client.tui.widgets.talk import joined

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Ways:
    """The ways of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen

    def show_keys(self) -> None:
        """All keys, over what is there."""
        app_of(self._screen).push_screen(KeysScreen())

    def search(self) -> None:
        """Search, and go to what was found."""
        screen = self._screen
        name = partial(listing.channel_name, screen.reader)
        dialog = SearchScreen(screen.reader, name, screen.zone, screen.today)
        app_of(screen).push_screen(dialog, self._found)

    def _found(self, hit: Hit | None) -> None:
        if hit is not None:
            self._screen.go_to(hit.stream, hit.target)

    def switch(self) -> None:
        """Go to a channel by name."""
        dialog = SwitcherScreen(self._screen.channels.items)
        app_of(self._screen).push_screen(dialog, self._chosen)

    def _chosen(self, item: Item | None) -> None:
        if item is not None and item.stream is not None:
            self._screen.open_channel(item.stream)
            self._screen.channel.timeline.focus()

    def outbox(self) -> None:
        """See what waits, and go to where it belongs."""
        screen = self._screen
        dialog = OutboxScreen(screen.engine, screen.zone, screen.today)
        app_of(screen).push_screen(dialog, self._left_outbox)

    async def _left_outbox(self, left: Left | None) -> None:
        if left is None:
            return
        waiting, screen = left.waiting, self._screen
        if not left.rewrite:
            if waiting.target is not None:
                screen.go_to(waiting.stream, waiting.target)
            return
        # First the draft, then the tray: whatever ends this between the two, the text is there.
        place = Place(waiting.stream, waiting.thread)
        await screen.keep(place, joined(screen.begun(place), waiting.text))
        await screen.engine.discard(waiting.n)
        self._write_in(place)

    def _write_in(self, place: Place) -> None:
        """Go on with what is kept as begun in a place."""
        screen = self._screen
        if screen.channel.place != place:
            screen.keep_draft(screen.channel)
        screen.close_thread()
        screen.channel.place = None
        screen.channel.composer.put("")
        screen.open_channel(place.stream)
        if place.thread is None:
            screen.channel.composer.focus()
            return
        screen.go_to(place.stream, place.thread)
        row = screen.channel.timeline.row
        if row is not None:
            screen.open_thread(place.stream, place.thread, row)
            screen.thread.composer.focus()
