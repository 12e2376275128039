"""The list of channels: what is unread there, and which one is open."""

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.actions import Does, Pane, act, bindings
from hobnob_client.tui.timeline.wrap import fit
from hobnob_protocol.ids import StreamId

COUNT_MAX: Final = 999


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. `label` is safe to draw; `stream` is None for what is no channel, as
    the outbox, which `name` tells apart; `exact` is false where the hub's own
    count had to serve."""

    name: str
    label: str
    stream: StreamId | None = None
    unread: int = 0
    mentions: int = 0
    muted: bool = False
    exact: bool = True
    joined: bool = True


def line_of(item: Item, room: int) -> tuple[str, str]:
    """The label and, at the right edge, the count: together `room` cells. Mentions have an @, so
    that no colour is needed to see them."""
    count = ""
    if item.muted:
        count = "muted"
    elif item.unread:
        number = f"{item.unread}" if item.unread <= COUNT_MAX else f"{COUNT_MAX}+"
        count = ("@" if item.mentions else "") + number + ("" if item.exact else "~")
    label = fit(item.label, max(1, room - cell_len(count) - (1 if count else 0)))
    return label + " " * (room - cell_len(label) - cell_len(count)), count


class ChannelList(Widget, can_focus=True):
    """A list one walks with the keys; Enter or a click opens."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.CHANNELS)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--item", "list--unread", "list--mention", "list--muted", "list--open", "list--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    ChannelList {
        height: 1fr;
        & > .list--item { color: $text-muted; }
        & > .list--unread { text-style: bold; }
        & > .list--mention { text-style: bold; color: $text-warning; }
        & > .list--muted { color: $text-disabled; }
        & > .list--open { color: $text-primary; text-style: bold; }
        & > .list--cursor { color: $accent; text-style: bold; }
    }
    """

    items: reactive[tuple[Item, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)
    opened: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        item: Item

    def watch_items(self, before: tuple[Item, ...], after: tuple[Item, ...]) -> None:
        """The cursor stays on its line, wherever that is now."""
        if before and self.cursor < len(before):
            name = before[self.cursor].name
            places = [nth for nth, item in enumerate(after) if item.name == name]
            self.cursor = places[0] if places else min(self.cursor, max(0, len(after) - 1))

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def first(self) -> int:
        """The item at the top: the cursor is always seen."""
        return max(0, min(self.cursor - self.size.height // 2, len(self.items) - self.size.height))

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.size.width
        nth = self.first + y
        if nth >= len(self.items) or width < 4:
            return Strip.blank(width, self.rich_style)
        item = self.items[nth]
        under = nth == self.cursor and self.has_focus
        mark = "▌" if under else "▸" if item.name == self.opened else " "
        label, count = line_of(item, width - 2)
        segments = [
            Segment(mark, self._style("cursor")),
            Segment(label, self._look(item)),
            Segment(count, self._style("mention" if item.mentions else "item")),
            Segment(" ", self.rich_style),
        ]
        return Strip(segments, width)

    def _look(self, item: Item) -> Style:
        if item.muted:
            return self._style("muted")
        if item.name == self.opened:
            return self._style("open")
        return self._style("unread" if item.unread else "item")

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"list--{name}")

    def up(self) -> None:
        """To the line above."""
        self.cursor = max(0, self.cursor - 1)

    def down(self) -> None:
        """To the line below."""
        self.cursor = max(0, min(len(self.items) - 1, self.cursor + 1))

    def choose(self) -> None:
        """Open the line under the cursor."""
        if self.item is not None:
            self.post_message(self.Chosen(self.item))

    DOES: ClassVar[Does] = {"up": up, "down": down, "open": choose}

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    def on_click(self, event: events.Click) -> None:
        """A click opens; each line can be reached by keys too."""
        nth = self.first + event.y
        if nth < len(self.items):
            self.cursor = nth
            self.choose()
