"""Where one writes: Enter sends, Alt+Enter begins a line, and what is written is never lost."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from hobnob_client.tui.actions import Does, Pane, act, ask, bindings
from hobnob_client.typed import cleaned
from hobnob_protocol.limits import POST_TEXT_MAX

NEAR_LIMIT: Final = 500
"""From so many characters before the end the room left is told."""


def room_left(text: str) -> str:
    """How much may still be written, once that gets little."""
    left = POST_TEXT_MAX - len(text)
    if left > NEAR_LIMIT:
        return ""
    return f"{left} left" if left >= 0 else f"{-left} too long to send"


class Composer(TextArea):
    """A field of one to eight lines."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.COMPOSER)]
    DEFAULT_CSS = """
    Composer {
        height: auto;
        min-height: 3;
        max-height: 10;
        border: round $foreground 30%;
        border-title-color: $text-muted;
        border-subtitle-color: $text-warning;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        &:focus { border: round $accent; }
    }
    """

    @dataclass
    class Drafted(Message):
        """The draft has changed."""

        composer: "Composer"

    def __init__(self, *, id: str) -> None:
        super().__init__(
            id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=False
        )
        self.cursor_blink = False

    def show_place(self, place: str) -> None:
        """Say where this goes; `place` is safe to draw."""
        self.border_title = Content(place)

    def put(self, text: str) -> None:
        """Show a draft."""
        self.load_text(cleaned(text))
        self.move_cursor(self.document.end)

    def on_text_area_changed(self) -> None:
        """Tell the room left when it gets short, and report the draft."""
        self.border_subtitle = Content(room_left(self.text))
        self.post_message(self.Drafted(self))

    def send(self) -> None:
        """Send what is written, if it is anything and fits."""
        text = self.text.strip("\n")
        if text.strip() and len(text) <= POST_TEXT_MAX:
            ask(self, "send")

    def new_line(self) -> None:
        """Begin a new line here."""
        self.insert("\n")

    def edit_last(self) -> None:
        """In an empty field the last message is asked for; else the caret goes up."""
        if self.text:
            self.action_cursor_up()
        else:
            ask(self, "edit_last")

    DOES: ClassVar[Does] = {"send": send, "new_line": new_line, "edit_last": edit_last}

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    async def _on_paste(self, event: events.Paste) -> None:
        # What a program printed comes with its colours, which nobody may send.
        await super()._on_paste(events.Paste(cleaned(event.text)))
        event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        # TextArea writes Enter before any binding is asked; here it sends.
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.send()
            return
        await super()._on_key(event)
