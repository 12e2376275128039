"""Rooms on the first screen: shown beside the list, left for where an entry leads, come back to."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.geometry import Size

from hobnob_client.catalogue import t
from hobnob_client.tui import listing
from hobnob_client.tui.action import Needs
from hobnob_client.tui.rooms import board, offering, requests, tree, words
from hobnob_client.tui.rooms.cards import cards, filled, when
from hobnob_client.tui.rooms.contents import Contents, Standing
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.room import ABOUT, CALLED, EMPTY, Room
from hobnob_client.tui.screens.boarding import Boarding
from hobnob_client.tui.screens.caring import Caring
from hobnob_client.tui.screens.doing import Asked, Does, Doing
from hobnob_client.tui.screens.entries import Entries
from hobnob_client.tui.screens.feeding import Feeding
from hobnob_client.tui.screens.late import Late
from hobnob_client.tui.screens.marking import Marking
from hobnob_client.tui.screens.requesting import Requesting
from hobnob_client.tui.screens.saving import Saving
from hobnob_client.tui.screens.walking import Walking
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.card_list import Card
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_client.tui.widgets.room_pane import RoomPane
from hobnob_client.tui.widgets.talk import Talk

if TYPE_CHECKING:
    from textual.widget import Widget

    from hobnob_client.tui.glimpse import Glimpse
    from hobnob_client.tui.screens.knowing import Knowing
    from hobnob_client.tui.screens.main import MainScreen

LOOK_SECONDS: Final = 0.5
"""What stands in the rooms is looked up at most so often: under a flood keys come first."""


class Rooms:
    """The rooms of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._contents = Contents(screen.reader, partial(listing.place_name, screen.reader))
        self._standing = Standing()
        self._items: tuple[Item, ...] = ()
        self._waits = self._has_news = False
        self._came: tuple[Room, Place] | None = None
        """From which room one came where one is."""
        self._lines: tuple[Line, ...] = ()
        self._at: dict[Room, bytes] = {}
        """On which entry one was in each."""
        self.room: Room | None = None
        """Which one is shown; None where a channel is."""
        self.entries = Entries(screen, self)
        self.marking = Marking(screen)
        self.walking = Walking(screen, lambda: self._standing.lines)
        self._arriving = False
        """A room was chosen, and does not have the focus yet."""
        self.caring = Caring(screen, self._contents, self._show_care)
        self.pane = RoomPane(id="room-pane")
        self.feeding = Feeding(screen, self._contents, self._show_feed, self._in_feed)
        self._knowing: Knowing | None = None
        self.boarding = Boarding(screen, self._contents, self._show_board)
        self.requesting = Requesting(screen, self._contents, self._show_requests)
        self.does: Does = {
            **self.entries.does,
            **Saving(screen, self).does,
            **self.marking.does,
            **self.walking.does,
            **self.feeding.does,
            **self.boarding.does,
            **self.requesting.does,
            **self._by_room(),
            **Late(("profile", "outline"), lambda: self.knowing).does,
        }

    @property
    def knowing(self) -> "Knowing":
        """Who somebody is."""
        from hobnob_client.tui.screens.knowing import Knowing

        if self._knowing is None:
            self._knowing = Knowing(self._screen, self._contents)
        return self._knowing

    def _by_room(self) -> Does:
        """What one key does in the Feed and another thing in Boards, or in Requests."""
        feed = self.feeding.does
        others: dict[tuple[Room | None, str], Callable[[], object]] = {
            (Room.BOARDS, "feed_terms"): self.boarding.formula,
            (Room.BOARDS, "feed_anew"): self.boarding.look,
            (Room.REQUESTS, "feed_anew"): self.requesting.look,
        }

        def done(action: str, asked: Asked) -> Doing | None:
            other = others.get((self.room, action))
            if other is None:
                return feed[action](asked)
            other()
            return None

        return {action: partial(done, action) for _, action in others}

    # The list, and how it stands.

    def begin(self) -> None:
        """The first view."""
        self.show(Room.HOME)

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """What this device keeps, before anything is shown: nothing is shown that is done with."""
        self.entries.recall(notes)
        self.marking.recall(notes)
        self.feeding.recall(notes)
        self.caring.recall(notes)
        self.requesting.recall(notes)

    def above(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The list with the rooms in it; what stands in them is looked up soon."""
        self._items = items
        if not self._waits:
            self._waits = True
            self._screen.set_timer(LOOK_SECONDS, self._hear)
        return self._above()

    def _above(self) -> tuple[Item, ...]:
        reader = self._screen.reader
        waiting = sum(map(listing.waits, reader.outbox()))
        drafts, refused = len(reader.drafts()), len(reader.tray())
        counted = tree.counts(self._home(), drafts=drafts, outbox=waiting, refused=refused)
        counted[Room.CARE] = self.caring.count
        counted[Room.REQUESTS] = self.requesting.count
        if self.room is not None:
            self._screen.channels.opened = tree.name_of(self.room)
        return tree.above(self._items, counted, cares=self.caring.holds)

    def news_came(self) -> None:
        """What is looked up at length is looked up again, too."""
        self._has_news = True

    def _hear(self) -> None:
        """Something may have come, or only time has passed."""
        self.look()
        has_news, self._has_news = self._has_news, False
        if not has_news:
            self.caring.age()
            return
        self.caring.look()
        if self.room is Room.FEED:
            self.feeding.look()

    def _home(self) -> Standing:
        return self.caring.onto(self.requesting.onto(self._standing))

    def _show_care(self) -> None:
        with self._screen.reader.moment():
            self._screen.channels.items = self._above()
            if self.room in (Room.HOME, Room.CARE):
                self._show_lines()

    def look(self) -> None:
        """Look everything up anew."""
        with self._screen.reader.moment():
            self._waits = False
            marks = self._screen.marks.seqs
            quiet = self._contents.quiet(self.entries.seen, marks)
            self._standing = self._contents.home(self._items, quiet)
            self._screen.channels.items = self._above()
            self._show_lines()

    # Being there.

    def choose(self, item: Item) -> None:
        """A line of the list was chosen."""
        room = Room(item.room)
        if room in (Room.OUTBOX, Room.NOT_SENT):
            self._screen.ways.outbox()
            return
        self.go_to(room)

    def go_to(self, room: Room) -> None:
        """Show one, and be in it."""
        self._arriving = self._screen.focused is not self.pane.entries
        self.show(room)
        self.pane.entries.focus()

    def show(self, room: Room) -> None:
        """Show one instead of the channel, which stays as it is behind it."""
        screen = self._screen
        self._remember()
        self.room = room
        screen.add_class("-room")
        screen.channels.opened = tree.name_of(room)
        screen.channels.point_at(screen.channels.opened)
        self.pane.entries.put(())
        self.look()
        self.caring.look()
        if room is Room.FEED:
            self.feeding.look(opened=True)
        if room is Room.BOARDS:
            self.boarding.look()
        if room is Room.REQUESTS:
            self.requesting.look()
        self.pane.entries.point_at(self._at.get(room, b""))

    def leave(self) -> None:
        """Show the channel again."""
        screen, place = self._screen, self._screen.channel.place
        self._remember()
        self.room = None
        screen.remove_class("-room")
        screen.framing.place_changed()
        screen.channels.opened = "" if place is None else place.stream.hex()
        screen.channels.point_at(screen.channels.opened)

    def _remember(self) -> None:
        card = self.pane.entries.card
        if self.room is not None and card is not None:
            self._at[self.room] = card.key

    def _show_lines(self) -> None:
        room, screen = self.room, self._screen
        if room is None:
            return
        if room is Room.FEED:
            self._show_feed()
            return
        if room is Room.BOARDS:
            self._show_board()
            return
        if room is Room.REQUESTS:
            self._show_requests()
            return
        home = room is Room.HOME
        standing = self._home()
        if home:
            self._lines = lines = standing.lines
        else:
            care = room is Room.CARE
            self._lines = lines = self.caring.lines if care else self._contents.lines(room)
        about = words.standing(standing) if home else t(ABOUT[room])
        if all(line.sort is Sort.STEP for line in lines):
            about = f"{about}\n{t(EMPTY[room])}" if home else t(EMPTY[room])

        def laid(room: Size) -> list[Card]:
            found = cards(lines, room.width, screen.zone, screen.today)
            if not home:
                return found
            with screen.reader.moment():
                blocked = screen.reader.kept().blocked
                last = partial(self._contents.lately, blocked=blocked)
                return filled(found, lines, room.height, last)

        self.pane.show(t(CALLED[room]), about, laid, self._offers)

    def _show_feed(self) -> None:
        """As it was ranked last."""
        if self.room is not Room.FEED:
            return
        from hobnob_client.tui.rooms import ranked

        entries = self.feeding.entries
        self._lines = tuple(each.line for each in entries)
        called = t(CALLED[Room.FEED])

        def laid(room: Size) -> list[Card]:
            return ranked.cards(entries, room.width)

        self.pane.show(called, self.feeding.about, laid, self._offers)

    def _show_board(self) -> None:
        """As the hub told it last."""
        if self.room is not Room.BOARDS:
            return
        entries = self.boarding.entries
        self._lines = tuple(each.line for each in entries)
        called = t(CALLED[Room.BOARDS])

        def laid(room: Size) -> list[Card]:
            return board.cards(entries, room.width)

        self.pane.show(called, self.boarding.about, laid, self._offers)

    def _show_requests(self) -> None:
        """As the hub told them last: in the room, and on Home."""
        self._screen.channels.items = self._above()
        if self.room is Room.HOME:
            self._show_lines()
        if self.room is not Room.REQUESTS:
            return
        entries = self.requesting.entries
        self._lines = tuple(each.line for each in entries)
        called, about = t(CALLED[Room.REQUESTS]), self.requesting.about

        def laid(room: Size) -> list[Card]:
            return requests.cards(entries, room.width)

        self.pane.show(called, about, laid, self._offers)

    def _offers(self, key: bytes) -> frozenset[Needs]:
        """What can be done with the entry of that key in the room that is shown."""
        line = next((line for line in self._lines if line.key == key), None)
        found = offering.offers(self.room, line)
        return found | self.requesting.offers(key) if self.room is Room.REQUESTS else found

    def _in_feed(self) -> bytes | None:
        """Which entry of it is under the cursor, where it is shown."""
        card = self.pane.entries.card
        return card.key if self.room is Room.FEED and card is not None else None

    @property
    def reads_in(self) -> tuple["Widget", ...]:
        """Where the focus is while one reads the channel."""
        channel = self._screen.channel
        return channel.timeline, channel.composer, self.walking.bar

    def arrived(self, widget: "Widget") -> None:
        """A widget has had the focus, be it for a moment only."""
        if widget is self.pane.entries:
            self._arriving = False

    def focused(self, widget: "Widget") -> None:
        """Who goes to a channel or a thread has left the room; not who was there until a moment
        ago, and has chosen a room."""
        inside = any(isinstance(each, Talk) for each in widget.ancestors_with_self)
        if self.room is not None and inside and not self._arriving:
            self.leave()

    def led(self, room: Room, place: Place) -> None:
        """An entry of the room leads there: one step back is the room again."""
        self._came = (room, place)

    def back(self) -> bool:
        """From where an entry led back to its room, or to the walk; False where one is elsewhere by
        now."""
        if self.walking.back():
            return True
        came, self._came = self._came, None
        place, focused = self._screen.channel.place, self._screen.focused
        if came is None or focused is not self._screen.channel.timeline or place != came[1]:
            return False
        self.show(came[0])
        self.pane.entries.focus()
        return True

    def glimpse(self) -> "Glimpse | None":
        """Where the entry under the cursor leads; on Home, where it leads nowhere, how to begin,
        unless that stands above the entries."""
        # Only a wide terminal has room for it.
        from hobnob_client.tui.glimpse import Glimpse, of_entry

        screen, line = self._screen, self.line
        if line is not None and line.stream is not None:
            at = partial(when, zone=screen.zone, today=screen.today)
            return of_entry(screen.reader, line.stream, line.target, at)
        told = all(each.sort is Sort.STEP for each in self._lines)
        return Glimpse("", t(EMPTY[Room.HOME])) if self.room is Room.HOME and not told else None

    @property
    def line(self) -> Line | None:
        """The entry under the cursor."""
        card = self.pane.entries.card
        return next((line for line in self._lines if card and line.key == card.key), None)
