"""The line that leads through what is unread: it has the keys, and what is walked through stands
below it."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import ask, bindings


class WalkBar(Static, can_focus=False):
    """Says where one is; leaves all that is done to its screen."""

    PANE: ClassVar[Pane] = Pane.WALK
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.WALK)]
    DEFAULT_CSS = """
    WalkBar { display: none; height: auto; max-height: 2; padding: 0 1; background: $panel;
        color: $text-accent; text-style: bold; }
    WalkBar.-walking { display: block; }
    """

    def tell(self, text: str) -> None:
        """Say where one is; "" where one walks no more."""
        # What is not seen must not be what a screen begins with.
        self.can_focus = bool(text)
        self.set_class(bool(text), "-walking")
        self.update(Content(text))

    def fits(self, needs: Needs) -> bool:
        """Is that there upon which an action acts?"""
        return needs is Needs.NOTHING

    def action_act(self, action: str) -> None:
        """An action of the table."""
        ask(self, action)
