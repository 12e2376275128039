"""One talk on the screen: what was said in a place, and the field to say more."""

from datetime import date, tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.timeline.window import RowSource
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.composer import Composer


class Nothing:
    """A list without rows, before a channel is open."""

    def older(self, order: int | None, limit: int) -> tuple[Row, ...]:
        """As a `RowSource`."""
        return ()

    def newer(self, order: int, limit: int) -> tuple[Row, ...]:
        """As a `RowSource`."""
        return ()


class Talk(Vertical):
    """A head line, a timeline and a composer for one place.

    `editing` is the message of one's own that the composer holds, None where it holds a new one.
    """

    def __init__(self, *, id: str, zone: tzinfo, today: date) -> None:
        super().__init__(id=id)
        self.place: Place | None = None
        self.editing: Row | None = None
        self.answering: Row | None = None
        self._name = ""
        self._draft = ""
        self.head = Static(classes="head")
        self.timeline = Timeline(Nothing(), zone=zone, today=today)
        self.composer = Composer(id=f"{id}-composer")

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.head
        yield self.timeline
        yield self.composer

    def show(self, place: Place, rows: RowSource, name: str, about: str, draft: str) -> None:
        """Another place; `name` and `about` are safe to draw."""
        self.place = place
        self._name = name
        self.editing = self.answering = None
        self.head.update(Content.assemble((name, "bold"), f"  {about}" if about else ""))
        self.composer.put(draft)
        self.timeline.show(rows)
        self._label()

    def edit(self, row: Row, text: str) -> None:
        """Put one's own message into the composer; the draft comes back afterwards."""
        if self.editing is None:
            self._draft = self.composer.text
        self.editing, self.answering = row, None
        self.composer.put(text)
        self._label()
        self.composer.focus()

    def answer(self, row: Row | None) -> None:
        """Write an answer to one message of the place, or to nobody in particular."""
        if self.editing is not None:
            self.stop_editing()
        self.answering = row
        self._label()
        self.composer.focus()

    def stop_editing(self) -> None:
        """The message stays as it was; the draft is back."""
        self.editing = None
        self.composer.put(self._draft)
        self._label()

    def said(self) -> None:
        """What was written is said: the field is free again."""
        if self.editing is not None:
            self.stop_editing()
            return
        self.answering = None
        self.composer.put("")
        self.timeline.to_end()
        self._label()

    def _label(self) -> None:
        if self.editing is not None:
            self.composer.show_place("Change your message · Esc leaves it as it was")
        elif self.answering is not None:
            self.composer.show_place(f"Answer {self.answering.author} in {self._name}")
        else:
            self.composer.show_place(f"Write in {self._name}")
