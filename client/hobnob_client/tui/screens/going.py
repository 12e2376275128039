"""Going about on the first screen: from pane to pane, a step back, to what is unread, away."""

from functools import partial
from typing import TYPE_CHECKING

from hobnob_client.catalogue import t
from hobnob_client.tui.action_tables.places import hot_id
from hobnob_client.tui.hotlist import HOT_MAX, hotlist
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.widgets.composer import Composer

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Going:
    """The steps of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self.does: Does = {
            "back": simply(self.step_back),
            "leave": simply(self.step_back),
            "next_pane": simply(screen.focus_next),
            "previous_pane": simply(screen.focus_previous),
            "next_unread": simply(self.next_unread),
            "channels": simply(self.to_channels),
            "reconnect": simply(screen.engine.reconnect),
            "suspend": lambda _: self.suspend(),
            "quit": simply(self.quit),
            **{hot_id(nth): simply(partial(self.to_hot, nth)) for nth in range(1, HOT_MAX + 1)},
        }

    def _came_from_elsewhere(self) -> bool:
        """Back to the room, the search or the people by which one came here, if one did."""
        screen = self._screen
        return screen.rooms.back() or screen.ways.back_to_search() or screen.matching.back()

    def to_channels(self) -> None:
        """To the list."""
        self._screen.channels.focus()

    def next_unread(self) -> None:
        """Open the next channel with something unread; muted ones are passed by."""
        channels = self._screen.channels
        here = next(
            (n for n, item in enumerate(channels.items) if item.name == channels.opened), -1
        )
        order = [*channels.items[here + 1 :], *channels.items[: here + 1]]
        talks = [item for item in order if item.stream is not None]
        found = next((item for item in talks if item.unread and not item.muted), None)
        if found is None or found.stream is None:
            self._screen.tell(t("Nothing unread."))
            return
        self._screen.entering.open_channel(found.stream)
        self._screen.framing.read_channel()

    def to_hot(self, number: int) -> None:
        """Open the place of that number in the line at the top."""
        hot = hotlist(self._screen.channels.items, self._screen.channels.opened)
        if number > len(hot):
            said = t("No place has the number {number}.", number=number)
            self._screen.tell(said if hot else t("Nothing unread."))
            return
        stream = hot[number - 1].item.stream
        if stream is not None:
            self._screen.entering.open_channel(stream)
            self._screen.framing.read_channel()

    def step_back(self) -> None:
        """From a field to its messages, from a thread to its channel, from there to the list."""
        screen, focused = self._screen, self._screen.focused
        if isinstance(focused, Composer):
            talk = screen.talk_of(focused)
            talk.leave_off()
            screen.drafting.keep_of(talk)
            talk.timeline.focus()
        elif focused is screen.thread.timeline:
            screen.entering.close_thread()
            screen.framing.read_channel()
        elif not self._came_from_elsewhere():
            screen.channels.focus()

    async def suspend(self) -> None:
        """Stop, as a shell asks it to with a key; what is begun is on the disk first."""
        await self._screen.drafting.keep_all()
        app_of(self._screen).action_suspend_process()

    def quit(self) -> None:
        """Leave; the app keeps what is written first."""
        app_of(self._screen).exit()
