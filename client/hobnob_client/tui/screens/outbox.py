"""The outbox: what waits to be sent, and what was refused, with the reason and what can be done.

Nothing of it is lost by looking: what is dropped here goes only when one leaves, so that `z` can
keep it until then.
"""

from collections.abc import Awaitable, Callable
from datetime import date, tzinfo
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import n, t
from hobnob_client.engine import Engine
from hobnob_client.tui import blank
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings, hint
from hobnob_client.tui.blank import Listed, Why
from hobnob_client.tui.outbox_rows import OutboxRows, Waiting
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.rows import WhyWaits
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_protocol.value import value

_OF_NOTHING: Final = frozenset({"close"})
_OF_WAITING: Final = frozenset({"go", "copy", "close"})


@value
class Left:
    """How one has left: to where something belongs; with `rewrite` its text goes back into the
    field there."""

    waiting: Waiting
    rewrite: bool


class OutboxScreen(PunctualModal[Left | None]):
    """Ends with where to go, or None."""

    CSS = """
    OutboxScreen { align: center middle; }
    #outbox { width: 96%; height: 90%; border: round $accent; background: $surface; }
    OutboxScreen.-empty > #outbox { width: 64; max-width: 96%; height: auto; }
    OutboxScreen.-empty > #outbox > Timeline { height: 1; }
    #outbox Static { padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.OUTBOX)]

    def __init__(self, engine: Engine, why_waits: WhyWaits, zone: tzinfo, today: date) -> None:
        super().__init__()
        self._engine = engine
        self._dropped: set[int] = set()
        self._rows = OutboxRows(engine.reader, self._dropped, why_waits)
        self._timeline = Timeline(self._rows, zone=zone, today=today)
        self._timeline.can_focus = False
        self._said = Static()
        self._box = Vertical(id="outbox")
        self._does: dict[str, Callable[[], Awaitable[None] | None]] = {
            "up": lambda: self._timeline.move(-1),
            "down": lambda: self._timeline.move(1),
            "go": self.go,
            "retry": self.retry,
            "rewrite": self.rewrite,
            "copy": self.copy,
            "drop": self.drop,
            "undo": self.undo,
            "close": self.close,
        }

    def compose(self) -> ComposeResult:
        """A line that says how it stands above the list."""
        with self._box as box:
            box.border_title = Content(t("Outbox"))
            yield self._said
            yield self._timeline

    def on_mount(self) -> None:
        """What needs one first is at the top."""
        self.show()

    def show(self) -> None:
        """As it is now. What is sent again is refused at another place, so nothing here only grows:
        it is read anew from its beginning."""
        row = self._timeline.row
        self._timeline.show(self._rows)
        self._timeline.open_on(row.order if row is not None else 0)
        self.set_class(not self._rows.waiting, "-empty")
        refused = sum(each.refused for each in self._rows.waiting.values())
        self._said.update(Content(standing(len(self._rows.waiting) - refused, refused)))
        self._offer()

    def on_timeline_selected(self) -> None:
        """Upon another one other keys may act."""
        self._offer()

    def _offer(self) -> None:
        """The keys that do something to what is selected."""
        waiting = self.waiting
        offered = _OF_NOTHING if waiting is None else None if waiting.refused else _OF_WAITING
        self._box.border_subtitle = Content(hint(Pane.OUTBOX, offered))

    @property
    def waiting(self) -> Waiting | None:
        """What is selected."""
        row = self._timeline.row
        return self._rows.waiting.get(row.target) if row is not None else None

    async def action_act(self, action: str) -> None:
        """See the table of actions."""
        done = self._does[action]()
        if done is not None:
            with telling(self):
                await done

    # What can be done.

    async def go(self) -> None:
        """To where it belongs."""
        if self.waiting is not None and self.waiting.is_of_a_talk:
            await self._leave(Left(self.waiting, rewrite=False))

    async def rewrite(self) -> None:
        """Take a refused text back."""
        if self._is_refused() and self.waiting is not None:
            if self.waiting.text:
                await self._leave(Left(self.waiting, rewrite=True))
            else:
                self._tell(t("There is no text in it to change."))

    async def retry(self) -> None:
        """Send a refused one once more."""
        if self._is_refused() and self.waiting is not None:
            self._dropped.discard(self.waiting.n)
            await self._engine.retry(self.waiting.n)
            self.show()

    def copy(self) -> None:
        """Put its text into the clipboard."""
        row = self._timeline.row
        if row is not None and row.text:
            app_of(self).copy_to_clipboard(row.text)
            self._tell(t("Copied."))

    def drop(self) -> None:
        """Forget a refused one, soon."""
        if self._is_refused() and self.waiting is not None:
            self._dropped.add(self.waiting.n)
            self.show()

    def undo(self) -> None:
        """Keep all after all."""
        self._dropped.clear()
        self.show()

    async def close(self) -> None:
        """Back."""
        await self._leave(None)

    async def _leave(self, left: Left | None) -> None:
        dropped, kept = set(self._dropped), left.waiting.n if left is not None else None
        self._dropped.clear()
        for each in dropped - {kept}:
            await self._engine.discard(each)
        self.dismiss(left)

    def _is_refused(self) -> bool:
        if self.waiting is not None and not self.waiting.refused:
            self._tell(t("It waits, and goes once the hub is reached. Enter goes to where it is."))
        return self.waiting is not None and self.waiting.refused

    def _tell(self, text: str) -> None:
        app_of(self).clear_notifications()
        self.notify(text, markup=False)


def standing(waits: int, refused: int) -> str:
    """How the outbox stands, in one line."""
    if not waits and not refused:
        return blank.said(Listed.OUTBOX, Why.EMPTY)
    parts: list[str] = []
    if refused:
        parts.append(t("{count} not sent: nothing of it is lost.", count=refused))
    if waits:
        parts.append(
            n(
                "{count} waits: sent as soon as the hub answers.",
                "{count} wait: sent in this order as soon as the hub answers.",
                waits,
            )
        )
    return " ".join(parts)
