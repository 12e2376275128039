"""Asks for a reason, as for a report: one line, and what happens with it is said before."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hobnob_protocol.limits import REASON_TEXT_MAX


class ReasonScreen(ModalScreen[str | None]):
    """Ends with the reason, or None where one steps back."""

    CSS = """
    ReasonScreen { align: center middle; }
    #reason { width: 64; max-width: 96%; height: auto; border: round $warning; padding: 1 2;
        background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "step_back", "Back")]

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation

    def compose(self) -> ComposeResult:
        """The explanation above the field."""
        with Vertical(id="reason") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter: do it · Esc: back"
            yield Static(Content(self._explanation))
            yield Input(placeholder="Reason", max_length=REASON_TEXT_MAX)

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """A reason is required: an empty one only asks again."""
        if submitted.value.strip():
            self.dismiss(submitted.value.strip())

    def action_step_back(self) -> None:
        """Nothing happens."""
        self.dismiss(None)
