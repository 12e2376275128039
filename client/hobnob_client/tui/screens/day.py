"""Asks for a day to jump to."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import date_long, t
from hobnob_client.finding import days
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings, hint
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.widgets.field import Field


def _forms() -> str:
    return t("A day, as one of {forms}", forms=days.FORMS)


class DayScreen(PunctualModal[None]):
    """Does `then` with the day, unless one steps back."""

    CSS = """
    DayScreen { align: center top; }
    #day { width: 60; max-width: 96%; height: auto; margin-top: 2; border: round $accent;
        background: $surface; }
    #day Input { border: none; height: 1; padding: 0 1; }
    #day Static { padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.DAY)]

    def __init__(self, today: date, then: Callable[[date], None]) -> None:
        super().__init__()
        self._today = today
        self._then = then

    def compose(self) -> ComposeResult:
        """The field above what may be said."""
        with Vertical(id="day") as box:
            box.border_title = Content(t("Jump to"))
            box.border_subtitle = Content(hint(Pane.DAY))
            yield Field("2026-03-14, yesterday, 7d")
            yield Static(Content(_forms()))

    def on_input_changed(self) -> None:
        """Say which day is meant."""
        found = days.read(self._value, self._today)
        said = date_long(found.first) if found is not None else _forms()
        self.query_one(Static).update(Content(said))

    def on_input_submitted(self) -> None:
        """Enter stands in the field."""
        found = days.read(self._value, self._today)
        if found is None:
            self.query_one(Static).update(Content(t("That is no day. {forms}", forms=_forms())))
        elif self.is_active:
            self.dismiss(None)
            # At once: the next key belongs there already.
            self._then(found.first)

    @property
    def _value(self) -> str:
        return self.query_one(Field).value

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        if action == "close":
            self.dismiss(None)
