"""Asks what becomes of a text that no message holds; it stays in its field until then."""

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog


class Way(StrEnum):
    """What one may do with it."""

    SPLIT = "split"
    THREAD = "thread"


class LongScreen(Dialog[Way]):
    """Ends with a way, or None where one steps back. `parts` are as many messages as it makes, 0
    where it cannot be split; `threads` says whether a thread can begin there."""

    PANE = Pane.LONG
    CSS = "LongScreen > #frame { border: round $warning; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.LONG)]

    def __init__(self, why: str, parts: int, *, threads: bool) -> None:
        super().__init__(t("Too long for a message"))
        self._why = why
        self._parts = parts
        self._threads = threads and parts > 0

    def inside(self) -> ComposeResult:
        """What is wrong, and what can be done."""
        lines = [self._why, ""]
        if self._parts:
            lines.append(
                t("s  sends it as {amount} messages, one behind the other.", amount=self._parts)
            )
        if self._threads:
            lines.append(t("t  begins a thread: the first part here, the rest in it."))
        lines.append(t("Esc  back to your text, to make it shorter; nothing of it is lost."))
        yield Static(Content("\n".join(lines)))

    def on_mount(self) -> None:
        """Only what can be done is offered."""
        self.offer({"close", *self._ways})

    @property
    def _ways(self) -> dict[str, Way]:
        found = {"split": Way.SPLIT} if self._parts else {}
        return {**found, "thread": Way.THREAD} if self._threads else found

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        ways = {name: lambda way=way: self.dismiss(way) for name, way in self._ways.items()}
        return {**ways, "close": lambda: self.dismiss(None)}
