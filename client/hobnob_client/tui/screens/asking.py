"""Asks a poll: a question, then its options one after the other."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client import term_safe
from hobnob_client.catalogue import number, t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import ENTER, Dialog, Writing
from hobnob_client.tui.timeline.ballot import box
from hobnob_client.tui.widgets.field import Field, FirstErased
from hobnob_client.typed import cleaned
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.limits import OPTION_TEXT_MAX, OPTIONS_MAX, POST_TEXT_MAX

OPTIONS_MIN = 2


class AskScreen(Writing, Dialog[Poll]):
    """Ends with the poll, or None where one steps back. `place` is safe to draw; the `question` is
    as if typed, and not taken yet."""

    PANE = Pane.ASKING
    CSS = """
    AskScreen #so-far { max-height: 14; }
    AskScreen Input { border: none; height: 1; padding: 0; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.ASKING), ENTER]

    def __init__(self, place: str, question: str = "") -> None:
        super().__init__(t("Ask all in {place}", place=place))
        self._lines: list[str] = []
        self._several = False
        self._so_far = Static(id="so-far")
        self.field = Field("", value=" ".join(cleaned(question).split()))

    def inside(self) -> ComposeResult:
        """What is asked so far, and the field for the next line."""
        yield self._so_far
        yield self.field

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        self._show()

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions; what is typed into the field reports itself."""
        return {"several": self._change_several, "close": lambda: self.dismiss(None)}

    def entered(self) -> None:
        """The question, an option, or after an empty line the whole."""
        line = " ".join(cleaned(self.field.value).split())
        why = self._why_not(line)
        if why:
            self.notify(why, markup=False)
        elif line:
            self._lines.append(line)
            self.field.value = ""
            self._show()
        else:
            self.dismiss(Poll(self._lines[0], tuple(self._lines[1:]), self._several))

    def on_first_erased(self, erased: FirstErased) -> None:
        """There is no letter to take back, so the last line comes back to be changed."""
        if self._lines:
            self.field.value = self._lines.pop()
            self.field.cursor_position = len(self.field.value)
            self._show()

    def _why_not(self, line: str) -> str:
        question, options = self._lines[:1], self._lines[1:]
        if not line and not question:
            return t("Write the question first.")
        if not line and len(options) < OPTIONS_MIN:
            return t("A poll has {least} options at least.", least=OPTIONS_MIN)
        if line in options:
            return t("That option is there already.")
        if question and len(line) > OPTION_TEXT_MAX:
            return t(
                "An option has at most {most} characters.",
                most=OPTION_TEXT_MAX,
            )
        if len(line) > POST_TEXT_MAX:
            return t(
                "A question has at most {most} characters.",
                most=number(POST_TEXT_MAX),
            )
        return t("These are all there can be: Enter asks.") if line and self._is_full else ""

    @property
    def _is_full(self) -> bool:
        return len(self._lines) > OPTIONS_MAX

    def _change_several(self) -> None:
        self._several = not self._several
        self._show()

    def _show(self) -> None:
        options = [
            f"{box(self._several, False)} {term_safe.line(option)}" for option in self._lines[1:]
        ]
        question = [term_safe.line(line) for line in self._lines[:1]]
        how = t("Everyone may choose several.") if self._several else t("Everyone may choose one.")
        self._so_far.update(Content("\n".join((how, "", *question, *options)).rstrip()))
        if not self._lines:
            self.field.placeholder = t("Your question")
        elif len(options) < OPTIONS_MIN:
            self.field.placeholder = t("An option")
        else:
            self.field.placeholder = t("One more option; Enter in the empty line asks")
