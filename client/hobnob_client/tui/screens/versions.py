"""All texts that a message has had, the newest first, each with what changed in it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings, hint
from hobnob_client.tui.changes import changed
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_protocol.value import value

_STYLES = {"": "", "gone": "strike dim", "came": "bold"}


@value
class Text:
    """One text, safe to draw, and what is known of it in words."""

    about: str
    text: str


class VersionsScreen(PunctualModal[None]):
    """Over whatever was there; `texts` are in their order."""

    CSS = """
    VersionsScreen { align: center middle; }
    #versions { width: 76; max-width: 96%; height: auto; max-height: 90%; border: round $accent;
        padding: 0 2; background: $surface; }
    #versions .about { color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.VERSIONS)]

    def __init__(self, texts: Sequence[Text]) -> None:
        super().__init__()
        self._texts = texts

    def compose(self) -> ComposeResult:
        """A line about each text, and the text."""
        with VerticalScroll(id="versions") as scroll:
            scroll.border_title = Content(t("What it said"))
            scroll.border_subtitle = Content(hint(Pane.VERSIONS))
            for nth in range(len(self._texts) - 1, -1, -1):
                yield Static(Content(self._texts[nth].about), classes="about")
                before = self._texts[nth - 1].text if nth else self._texts[nth].text
                parts = changed(before, self._texts[nth].text)
                yield Static(Content.assemble(*((said, _STYLES[how]) for said, how in parts)))

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        scroll = self.query_one("#versions", VerticalScroll)
        if action == "close":
            self.dismiss(None)
        elif action == "up":
            scroll.scroll_up(animate=False)
        else:
            scroll.scroll_down(animate=False)
