"""Letters appear on all places of the screen beneath; typing one goes there."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.jumping import Jump, labels
from hobnob_client.tui.punctual_screen import PunctualModal


class JumpScreen(PunctualModal[None]):
    """Ends with what is chosen, done; any other key ends it, too."""

    CSS = """
    JumpScreen { background: $background 0%; layers: letters; }
    JumpScreen > Static { width: auto; height: 1; position: absolute; layer: letters;
        background: $accent; color: $background; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.JUMPING)]

    def __init__(self, jumps: Sequence[Jump]) -> None:
        super().__init__()
        self._jumps = dict(zip(labels(len(jumps)), jumps, strict=False))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """A label on each place."""
        for label, jump in self._jumps.items():
            shown = Static(Content(label.upper()), id=f"jump-{label}")
            shown.styles.offset = (jump.x, jump.y)
            yield shown

    def on_key(self, event: events.Key) -> None:
        """A letter narrows the places, or goes to the only one."""
        typed = self._typed + (event.character or "").lower()
        if not any(label.startswith(typed) for label in self._jumps) or not event.is_printable:
            if event.is_printable:
                self.dismiss(None)
            return
        event.stop()
        self._typed = typed
        found = self._jumps.get(typed)
        if found is not None:
            self.dismiss(None)
            # At once: the next key belongs there already.
            found.go()
            return
        for label in self._jumps:
            self.query_one(f"#jump-{label}").display = label.startswith(typed)

    def action_act(self, action: str) -> None:
        """See the table of actions: there is but the step back."""
        self.dismiss(None)
