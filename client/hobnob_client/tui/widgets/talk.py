"""One talk on the screen: what was said in a place, and the field to say more."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Saying:
    """What is on its way from a field to the outbox: a new text, a change, or an answer."""

    place: Place
    text: str
    editing: Row | None
    answering: Row | None


def joined(first: str, then: str) -> str:
    """Two texts in one field, neither lost."""
    return f"{first}\n{then}" if first.strip() and then.strip() else first or then


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

    def show(
        self, place: Place, rows: RowSource, name: str, about: str, draft: str, *, sign: str = ""
    ) -> None:
        """Another place; `name` and `about` are safe to draw, `sign` is what stands before them."""
        self.place = place
        self._name = name
        self.editing = self.answering = None
        before, after = sign and f"{sign} ", about and f"  {about}"
        self.head.update(Content.assemble(before, (name, "bold"), after))
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

    @property
    def begun(self) -> str:
        """What is written here and not sent: a change of what was is no part of it."""
        return self._draft if self.editing is not None else self.composer.text

    def take(self) -> Saying | None:
        """What is written, to be said now; the field is free at once, for what comes next."""
        if self.place is None:
            return None
        text = self.composer.text.strip("\n")
        saying = Saying(self.place, text, self.editing, self.answering)
        if self.editing is not None:
            self.stop_editing()
            return saying
        self.answering = None
        self.composer.put("")
        self.timeline.to_end()
        self._label()
        return saying

    def give_back(self, saying: Saying) -> None:
        """What could not be said after all, before what was written meanwhile."""
        if saying.editing is not None and self.editing is None:
            self.edit(saying.editing, saying.text)
            return
        self.composer.put(joined(saying.text, self.composer.text))

    def _label(self) -> None:
        if self.editing is not None:
            self.composer.show_place("Change your message · Esc leaves it as it was")
        elif self.answering is not None:
            self.composer.show_place(f"Answer {self.answering.author} in {self._name}")
        else:
            self.composer.show_place(f"Write in {self._name}")
