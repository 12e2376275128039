"""Waits for the one key that an action shall have."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.screens.dialog import Prompt


class PressScreen(Prompt[str]):
    """Ends with the key, as the screen names it; None for Esc. `action` is named as in the
    settings."""

    CSS = """
    PressScreen { align: center middle; }
    #press { width: 56; max-width: 96%; height: auto; border: round $accent; padding: 1 2;
        background: $surface; }
    """

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action = action

    def compose(self) -> ComposeResult:
        """What is waited for."""
        with Vertical(id="press") as frame:
            frame.border_title = Content(self._action)
            said = t("Press the new key. Esc leaves it as it was.")
            yield Static(Content(said))

    def on_key(self, event: events.Key) -> None:
        """This one."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)
