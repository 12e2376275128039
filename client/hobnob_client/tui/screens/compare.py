"""Compares a number with somebody, as `hobnob verify` does."""

from collections.abc import Callable
from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.member_cards import NOT_VERIFIED
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.titles import VERIFIED
from hobnob_client.verifying import Comparison


def called(handle: str) -> str:
    """Somebody by their handle, safe to draw."""
    return f"@{term_safe.name(handle, '?')}"


class Answer(Enum):
    """What came of comparing."""

    SAME = "same"
    DIFFERS = "differs"
    TYPE = "type"
    UNVERIFY = "unverify"


class CompareScreen(Dialog[Answer]):
    """Ends with what the person says, None where they step back."""

    PANE = Pane.COMPARING
    CSS = """
    CompareScreen #number { text-style: bold; margin: 1 2; }
    CompareScreen #stop { color: $text-error; text-style: bold; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.COMPARING)]

    def __init__(self, found: Comparison) -> None:
        self._who = called(found.handle)
        super().__init__(t("Is it really {who}?", who=self._who))
        self._found = found

    def inside(self) -> ComposeResult:
        """The number, and what to do with it."""
        who = self._who
        if self._found.stop:
            yield Static(Content(self._found.stop), id="stop")
        yield Static(
            Content(
                t(
                    "Ask {who} by voice, or side by side, for the number that they see: on their "
                    "screen w, then v; or hobnob verify and your handle. Both must see this:",
                    who=who,
                )
            )
        )
        yield Static(Content("\n".join(self._found.lines)), id="number")
        state = t(VERIFIED if self._found.verified else NOT_VERIFIED)
        yield Static(Content(f"{who}: {state}"))

    def on_mount(self) -> None:
        """Only who is marked can be unmarked."""
        offered = {"same", "differs", "type", "close"}
        self.offer(offered | {"unverify"} if self._found.verified else offered)

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "same": lambda: self.dismiss(Answer.SAME),
            "differs": lambda: self.dismiss(Answer.DIFFERS),
            "type": lambda: self.dismiss(Answer.TYPE),
            "unverify": self._unverify,
            "close": lambda: self.dismiss(None),
        }

    def _unverify(self) -> None:
        if self._found.verified:
            self.dismiss(Answer.UNVERIFY)
