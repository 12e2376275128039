"""All keys by pane, made from the table of actions."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hobnob_client.tui.actions import Pane, key_name, of

_TITLES = {
    Pane.EVERYWHERE: "Everywhere",
    Pane.CHANNELS: "In the list of channels",
    Pane.TIMELINE: "In messages",
    Pane.COMPOSER: "Where you write",
    Pane.SEARCH: "In the search",
    Pane.OUTBOX: "In the outbox",
}


def lines() -> list[tuple[str, str]]:
    """The page as (keys, sentence); a title has no keys."""
    found: list[tuple[str, str]] = []
    for pane in Pane:
        found.append(("", _TITLES[pane]))
        found.extend(
            ("  ".join(key_name(key) for key in action.keys), action.help) for action in of(pane)
        )
    return found


class KeysScreen(ModalScreen[None]):
    """The page of keys over whatever was there."""

    CSS = """
    KeysScreen { align: center middle; }
    #keys { width: 76; max-width: 96%; height: 90%; border: round $accent; padding: 0 2;
        background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Back"),
    ]

    def compose(self) -> ComposeResult:
        """One block of text that scrolls."""
        with VerticalScroll(id="keys") as scroll:
            scroll.border_title = "Keys"
            scroll.border_subtitle = "Esc: back"
            for keys, said in lines():
                if keys:
                    yield Static(Content.assemble((f"{keys:<22}", "bold"), said))
                else:
                    yield Static(Content.assemble("\n", (said, "bold underline")))
