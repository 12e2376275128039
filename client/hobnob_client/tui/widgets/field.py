"""A field of one line. Its cursor stands still: one that blinks sends three kilobytes a second to
the terminal for ever, which a slow line and a battery feel."""

from textual.message import Message
from textual.widgets import Input


class FirstErased(Message):
    """Backspace was pressed where nothing stands."""


class Field(Input):
    """As `Input`, but silent while nothing is typed."""

    def __init__(self, placeholder: str, *, value: str = "", max_length: int = 0) -> None:
        """`value` is as if typed; `max_length` is in characters, 0 for any."""
        super().__init__(
            value, placeholder=placeholder, max_length=max_length, select_on_focus=False
        )
        self.cursor_blink = False

    def action_delete_left(self) -> None:
        """Take a letter back, or report that there is none."""
        if not self.value:
            self.post_message(FirstErased())
        super().action_delete_left()
