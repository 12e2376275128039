"""What one is in no more is nothing to look at: a channel or a conversation that one has left, on
whichever device, or was put out of."""

from typing import TYPE_CHECKING

from hobnob_client.catalogue import t
from hobnob_client.news import News
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import StreamId
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Belonging:
    """Of what is open on one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._in: StreamId | None = None
        """The open channel, once it can be read: one that is being joined is not there yet."""

    def look(self) -> None:
        """Another place may be open, or be there by now."""
        place = self._screen.channel.place
        if place is None or (self._in is not None and place.stream != self._in):
            self._in = None
        if place is not None and self._screen.reader.held(place.stream) is not None:
            self._in = place.stream

    def hear(self, news: News) -> None:
        """Something has come: where one is in the open place no more, turn from it."""
        place = self._screen.channel.place
        if place is None or not (news.everything or place.stream in news.streams):
            return
        if is_conversation(place.stream):
            if self._screen.listing.conversation(place.stream) is None:
                self._turn(t("You are not in that conversation any more."))
            return
        self.look()
        if self._in == place.stream and self._screen.reader.held(place.stream) is None:
            self._in = None
            self._turn(t("You are not in that channel any more."))

    def _turn(self, gone: str) -> None:
        screen = self._screen
        begun = any(talk.begun.strip() for talk in (screen.channel, screen.thread))
        focused = screen.focused
        within = focused is not None and any(
            isinstance(each, Talk) for each in focused.ancestors_with_self
        )
        screen.entering.turn_from_channel()
        if within:
            # Whoever writes there goes on writing: not one letter of it may be said elsewhere.
            screen.channels.focus()
        kept = t("What you have begun there is kept under Drafts.")
        screen.tell(f"{gone}\n{kept}" if begun else gone)
