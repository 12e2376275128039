"""One talk on the screen: what was said in a place, and the field to say more."""

from datetime import date, tzinfo
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.timeline.layout import MARGIN_CELLS
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.timeline.window import RowSource
from hobnob_client.tui.titles import Title
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.composer import Composer
from hobnob_client.tui.widgets.head import Head
from hobnob_client.tui.widgets.offers import Offers
from hobnob_client.tui.widgets.preview import Preview
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation

ANSWERED_TEXT_MAX: Final = 40
"""So much of an answered message reminds of it."""


@value
class Saying:
    """What is on its way from a field to the outbox: a new text, a change, or an answer; with a
    `title` the first message of a thread."""

    place: Place
    text: str
    editing: Row | None
    answering: Row | None
    title: str = ""


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

    def extent(self) -> None:
        """As a `RowSource`: all of it is held."""


class Talk(Vertical):
    """A head line, a timeline and a composer for one place.

    `editing` is the message of one's own that the composer holds, None where it holds a new one;
    `titling` is how the thread will be called that the new one begins, "" where it begins none.
    """

    DEFAULT_CSS = """
    Talk > .note { height: auto; max-height: 3; padding: 0 2; color: $text-warning; display: none; }
    """

    def __init__(self, *, id: str, zone: tzinfo, today: date) -> None:
        super().__init__(id=id)
        self.place: Place | None = None
        self.editing: Row | None = None
        self.answering: Row | None = None
        self.titling = ""
        self._name = self._noted = self._note = ""
        self._draft = ""
        self.head = Head(MARGIN_CELLS)
        self.timeline = Timeline(Nothing(), zone=zone, today=today)
        self.preview = Preview(zone=zone, today=today)
        self.note = Static(classes="note")
        self.offers = Offers()
        self.composer = Composer(id=f"{id}-composer", offers=self.offers)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.head
        yield self.timeline
        yield self.preview
        yield self.offers
        yield self.note
        yield self.composer

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys go to what is said, or to the field."""
        self.focused(event.widget)

    def focused(self, widget: Widget) -> None:
        """What of it has the keys now: the field shows that by its frame."""
        self.head.has_keys = widget is self.timeline
        self.head.within = True

    def on_descendant_blur(self) -> None:
        """They go elsewhere."""
        self.head.has_keys = self.timeline.has_focus
        self.head.within = self.timeline.has_focus or self.composer.has_focus

    def on_timeline_dated(self, dated: Timeline.Dated) -> None:
        """Another day is seen at the top."""
        if dated.timeline is self.timeline:
            self.head.day = dated.day

    def tell(self, text: str) -> None:
        """Say something about what is written, above it, until that changes; "" for nothing. It
        would cover the field anywhere else. `text` is safe to draw."""
        self._noted = self.composer.text
        if text != self._note:
            # It is as high as its text, so all is laid out anew.
            self._note = text
            self.note.update(Content(text))
            self.note.display = bool(text)

    def drafted(self) -> None:
        """What is written has changed: what was said about it holds no more."""
        if self.composer.text != self._noted:
            self.tell("")

    def show(self, place: Place, rows: RowSource, draft: str) -> None:
        """Another place; say with `call` what it is."""
        self.place = place
        self.editing = self.answering = None
        self.titling = ""
        if self.previews:
            self.toggle_preview()
        self.timeline.root = place.thread
        self.timeline.under_seal = self.composer.sealed = is_conversation(place.stream)
        self.composer.put(draft)
        self.timeline.show(rows)
        self._label()

    def show_nothing(self) -> None:
        """No place; nothing of the last one is seen."""
        self.leave_off()
        self.place, self.answering = None, None
        self.composer.put("")
        self.timeline.show(Nothing())
        self.call(Title(""))

    def call(self, title: Title) -> None:
        """Say what the place is."""
        self._name = title.name
        self.head.title = title
        self._label()

    def edit(self, row: Row, text: str) -> None:
        """Put one's own message into the composer; the draft comes back afterwards."""
        if self.editing is None:
            self._draft = self.composer.begun
        self.editing, self.answering, self.titling = row, None, ""
        self.composer.put(text)
        self._label()
        self.composer.focus()

    def answer(self, row: Row | None) -> None:
        """Write an answer to one message of the place, or to nobody in particular."""
        if self.editing is not None:
            self.stop_editing()
        self.answering, self.titling = row, ""
        self._label()
        self.composer.focus()

    def entitle(self, title: str) -> None:
        """Write the first message of a thread of this title, which is safe to draw."""
        self.answer(None)
        self.titling = title
        self._label()

    @property
    def previews(self) -> bool:
        """Does what is written stand there as it will look?"""
        return bool(self.preview.display)

    def toggle_preview(self) -> None:
        """Show how it will look in place of the messages, or these again."""
        self.preview.display = not self.previews
        self.timeline.display = not self.previews

    def leave_off(self) -> None:
        """The message stays as it was, no thread begins, and the messages are seen."""
        if self.previews:
            self.toggle_preview()
        self.titling = ""
        if self.editing is not None:
            self.stop_editing()
        else:
            self._label()

    def stop_editing(self) -> None:
        """The message stays as it was; the draft is back."""
        self.editing = None
        self.composer.put(self._draft)
        self._label()

    @property
    def begun(self) -> str:
        """What is written here and not sent: a change of what was is no part of it."""
        return self._draft if self.editing is not None else self.composer.begun

    @property
    def last_own(self) -> Row | None:
        """What one said last here, if it is near."""
        newest = self.timeline.window.newest()
        return next((row for row in newest if row.mine and not row.note), None)

    def take(self) -> Saying | None:
        """What is written, to be said now; the field is free at once, for what comes next."""
        if self.place is None:
            return None
        text = self.composer.text.strip("\n")
        saying = Saying(self.place, text, self.editing, self.answering, self.titling)
        if self.editing is not None:
            self.stop_editing()
            return saying
        self.answering, self.titling = None, ""
        if self.previews:
            self.toggle_preview()
        self.composer.free()
        self.timeline.to_end()
        self._label()
        return saying

    def give_back(self, saying: Saying) -> None:
        """What could not be said after all, before what was written meanwhile."""
        if saying.editing is not None and self.editing is None:
            self.edit(saying.editing, saying.text)
            return
        if saying.title:
            self.titling = saying.title
        elif self.answering is None and not self.titling:
            self.answering = saying.answering
        self._label()
        self.composer.put(joined(saying.text, self.composer.text))

    def _label(self) -> None:
        self.composer.show_place(self._called())

    def _called(self) -> str:
        if self.editing is not None:
            return t("Change your message · Esc leaves it as it was")
        if self.titling:
            return t("First message of “{title}” · Esc begins no thread", title=self.titling)
        if self.answering is None:
            return t("Write in {place}", place=self._name)
        said, name = brief(self.answering.text, ANSWERED_TEXT_MAX), self.answering.author
        if said:
            return t("Reply to {name}: “{said}”", name=name, said=said)
        return t("Reply to {name} in {place}", name=name, place=self._name)
