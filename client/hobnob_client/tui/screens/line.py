"""Asks for one line, as a reason or a title: what happens with it is said before."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import later, t
from hobnob_client.tui.screens.dialog import ENTER, Prompt, Writing
from hobnob_client.tui.widgets.field import Field


class LineScreen(Writing, Prompt[str]):
    """Ends with the line, or None where one steps back. `title` and `explanation` are safe to draw;
    `needed` asks again for an empty one, `lacking` says what one lacks and asks again, "" takes it;
    `value` is as if typed."""

    CSS = """
    LineScreen { align: center middle; }
    #line { width: 64; max-width: 96%; height: auto; border: round $warning; padding: 1 2;
        background: $surface; }
    #line Input { border: none; height: 1; padding: 0; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "step_back", later("Back")), ENTER]

    def __init__(
        self,
        title: str,
        explanation: str,
        what: str,
        *,
        text_max: int,
        needed: bool = True,
        lacking: Callable[[str], str] = lambda _: "",
        value: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation
        self._needed = needed
        self._lacking = lacking
        self.field = Field(what, max_length=text_max, value=value)

    def compose(self) -> ComposeResult:
        """The explanation above the field."""
        with Vertical(id="line") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(t("Enter Do it · Esc Back"))
            yield Static(Content(self._explanation))
            yield self.field

    def entered(self) -> None:
        """Done, or asked again."""
        text = self.field.value.strip()
        if not self.is_active or (self._needed and not text):
            return
        lacking = self._lacking(text)
        if lacking:
            self.notify(lacking, markup=False)
        else:
            self.dismiss(text)

    def action_step_back(self) -> None:
        """Nothing happens."""
        self.dismiss(None)
