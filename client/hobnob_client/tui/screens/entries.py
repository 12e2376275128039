"""What is done upon an entry of a room: go where it leads, answer it, be done with it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rooms.seen import Seen
from hobnob_client.tui.screens.doing import Asked, Does
from hobnob_client.tui.screens.done_with import done_with
from hobnob_client.tui.voice import Place
from hobnob_protocol.ids import TargetId

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.rooms import Rooms

_SEEN: Final = "screen:seen"
"""Under which name this profile keeps what is done with."""


class Entries:
    """The entries of one screen's rooms; `seen` are those that are done with."""

    def __init__(self, screen: "MainScreen", rooms: "Rooms") -> None:
        self._screen = screen
        self._rooms = rooms
        self.seen = Seen()
        self.does: Does = {
            "go_there": self._upon(self.go),
            "answer_there": self._upon(self._reply),
            "done": self._upon(self._done),
        }

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """What this device keeps."""
        self.seen = Seen(notes.get(_SEEN, b"") + bytes(self.seen))

    def _upon(self, do: Callable[[Line], object]) -> Callable[[Asked], None]:
        """What is done to the entry under the cursor."""

        def done(asked: Asked) -> None:
            line = self._rooms.line
            if line is None:
                self._screen.tell(t("There is nothing here to act upon."))
            else:
                do(line)

        return done

    def go(self, line: Line) -> None:
        """Where it belongs; one step back is the room again, where one came from one."""
        screen, room = self._screen, self._rooms.room
        if room is Room.BOARDS and self._rooms.boarding.unfold(line):
            return
        if line.sort is Sort.REFUSED:
            screen.ways.outbox()
            return
        if line.sort is Sort.REQUEST:
            self._rooms.requesting.open(line.target or b"")
            return
        if room is Room.REQUESTS and line.stream is None:
            screen.tell(t("The note has not come yet."))
            return
        if line.stream is None:
            if line.sort is Sort.STEP:
                self._rooms.caring.go(line)
            elif line.sort is Sort.CARE and not self._rooms.caring.reply(line):
                screen.tell(t("That was said in private: hobnob reports shows it at the shell."))
            return
        if line.sort is not Sort.CARE:
            # Who looks at it has not seen to it yet.
            self._see(line.covers)
        if self._rooms.caring.go(line):
            pass
        elif line.sort is Sort.DRAFT:
            screen.ways.write_in(Place(line.stream, line.root))
        elif line.target is None:
            screen.entering.open_channel(line.stream)
            screen.framing.read_channel()
        else:
            screen.go_to(line.stream, line.target)
            row = screen.channel.timeline.row
            if line.root is not None and row is not None:
                screen.entering.open_thread(line.stream, line.root, row)
                screen.thread.timeline.focus()
        if room is not None:
            self._rooms.led(room, Place(line.stream))

    def _reply(self, line: Line) -> None:
        """Answer it where it was said, whatever else is open beside."""
        screen = self._screen
        if self._rooms.caring.reply(line):
            return
        self.go(line)
        if line.sort is Sort.REFUSED or line.stream is None:
            return
        place = Place(line.stream, line.root)
        talk = next((each for each in (screen.channel, screen.thread) if each.place == place), None)
        row = talk.timeline.row if talk is not None else None
        if talk is not None and line.target is None:
            talk.answer(None)
        elif talk is not None and row is not None and row.target == line.target:
            screen.asked(talk.timeline, "reply")
        else:
            screen.tell(t("That message is not on this device."))

    def _done(self, line: Line) -> None:
        """It is done with: a message by itself, a place by what is read there."""
        screen = self._screen
        if self._rooms.caring.done(line) or self._rooms.requesting.done(line):
            return
        if line.sort is Sort.REQUEST:
            screen.tell(t("Enter goes there: what you do about it is done there."))
            return
        if line.sort is Sort.REFUSED:
            screen.tell(t("It was not sent: Enter shows what can be done about it."))
        elif line.sort is Sort.PLACE and line.stream is not None:
            screen.run_worker(self._rooms.marking.read(line.stream))
        elif self._rooms.room is Room.FEED:
            screen.tell(t("Enter goes there: what you see there is read."))
        elif line.covers and self.seen.add(line.covers):
            done_with(screen, self._keep, lambda: self.seen.drop(line.covers))
        else:
            screen.tell(t("There is nothing new in it."))

    def _see(self, names: tuple[TargetId, ...]) -> None:
        if self.seen.add(names):
            self._screen.run_worker(self._keep())

    async def _keep(self) -> None:
        await self._screen.engine.note(_SEEN, bytes(self.seen))
        self._rooms.look()
