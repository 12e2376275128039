"""Search as you type over all history on this device; nothing is asked of the hub."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from hobnob_client.reading import Reader
from hobnob_client.search import Hit
from hobnob_client.tui.actions import Pane, bindings
from hobnob_client.tui.rows import author
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_protocol.ids import StreamId

_KEYS: Final = "↑↓ hit · Enter open there · Esc back"
_NOTHING: Final = "Nothing on this device has all these words · Esc back"


@dataclass(frozen=True, slots=True)
class HitRows:
    """The hits of a query as a list of messages, the newest last."""

    archive: Reader
    query: str
    channel_name: Callable[[StreamId], str]

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [self._row(hit) for hit in reversed(self._hits(limit, order))]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`; hits are read from the newest down, as far as it takes."""
        found: list[Hit] = []
        below: int | None = None
        while True:
            hits = self._hits(limit, below)
            found.extend(hit for hit in hits if hit.place > order)
            if len(hits) < limit or hits[-1].place <= order:
                break
            below = hits[-1].place
        return [self._row(hit) for hit in reversed(found[-limit:])]

    def hit(self, row: Row) -> Hit | None:
        """The hit that a row shows."""
        hits = self._hits(1, row.order + 1)
        return hits[0] if hits and hits[0].place == row.order else None

    def _hits(self, limit: int, below: int | None) -> tuple[Hit, ...]:
        return self.archive.search(self.query, limit, below=below)

    def _row(self, hit: Hit) -> Row:
        by = author(self.archive, hit.author)
        where = self.channel_name(hit.stream)
        # Each as if of a thread of its own: so each says where it stands.
        return Row(
            hit.target,
            hit.place,
            by.name,
            hit.at_ms,
            hit.text,
            bot=by.bot,
            thread=hit.target,
            quote=where,
        )


class SearchScreen(ModalScreen[Hit | None]):
    """Ends with a hit to go to, or None."""

    CSS = """
    SearchScreen { align: center middle; }
    #search { width: 90%; height: 90%; border: round $accent; background: $surface; }
    #search Input { border: none; height: 1; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.SEARCH)]

    def __init__(
        self,
        archive: Reader,
        channel_name: Callable[[StreamId], str],
        zone: tzinfo,
        today: date,
    ) -> None:
        super().__init__()
        self._rows = HitRows(archive, "", channel_name)
        self._zone = zone
        self._today = today

    def compose(self) -> ComposeResult:
        """The field above the hits."""
        with Vertical(id="search") as box:
            box.border_title = "Search"
            box.border_subtitle = Content(_KEYS)
            yield Input(placeholder="words of what you look for")
            yield Timeline(self._rows, zone=self._zone, today=self._today)

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Each letter searches anew: it takes well under a frame."""
        old = self._rows
        self._rows = HitRows(old.archive, changed.value, old.channel_name)
        timeline = self.query_one(Timeline)
        timeline.show(self._rows)
        last = timeline.window.last()
        timeline.select(last)
        none = last is None and changed.value.strip()
        self.query_one("#search").border_subtitle = Content(_NOTHING if none else _KEYS)

    def on_input_submitted(self) -> None:
        """Go to the selected hit."""
        row = self.query_one(Timeline).row
        if row is not None:
            self.dismiss(self._rows.hit(row))

    def asked(self, pane: Widget, action: str) -> None:
        """In the list of hits, Enter goes there; nothing else is offered here."""
        if action == "open":
            self.on_input_submitted()

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        timeline = self.query_one(Timeline)
        if action == "hit_up":
            timeline.move(-1)
        elif action == "hit_down":
            timeline.move(1)
        elif action == "go":
            self.on_input_submitted()
        elif action == "close":
            self.dismiss(None)
