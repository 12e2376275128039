"""The list of channels and conversations: what is unread there, and which one is open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import Does, act, bindings, of
from hobnob_client.tui.kept_lines import KeptLines
from hobnob_client.tui.timeline.wrap import fit, wrap
from hobnob_client.tui.widgets.key_footer import QUIT
from hobnob_client.tui.widgets.leaving import tells_how
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.value import value

COUNT_MAX: Final = 999
MARKED_LINES_MIN: Final = 4
"""Fewer lines have no room for a word on what is above and below."""
BLANK_CELLS_MIN: Final = 8
"""Less room has no words."""
_NEEDS: Final = {action.id: action.needs for action in of(Pane.CHANNELS)}
STRIPS_MAX: Final = 512
"""Lines kept as they were drawn: several times what any terminal shows."""


@value
class Item:
    """One line of the list. `label` is safe to draw; `stream` is None where there is no talk yet,
    as with a member, `account`; `exact` is false where the hub's own count had to serve; `mark`
    stands before the count, `alarm` colours it; `purpose` is what the talk is for, safe to draw.
    What `is_heading` is passed by: it says what those below it are. `query` is a search that is
    kept."""

    name: str
    label: str
    stream: StreamId | None = None
    unread: int = 0
    mentions: int = 0
    muted: bool = False
    exact: bool = True
    joined: bool = True
    account: AccountId | None = None
    is_heading: bool = False
    query: str = ""
    room: str = ""
    mark: str = ""
    alarm: bool = False
    purpose: str = ""

    @property
    def opens(self) -> bool:
        """Is there a talk that can be shown at once?"""
        return self.joined and self.stream is not None


def rule_of(item: Item, room: int) -> str:
    """A heading, in so many cells: a rule, so that it is told from a name without colour."""
    label = fit(item.label, max(1, room - 4))
    return f"─ {label} " + "─" * (room - 3 - cell_len(label))


def line_of(item: Item, room: int) -> tuple[str, str]:
    """The label and, at the right edge, the count: together `room` cells. Mentions have an @, so
    that no colour is needed to see them."""
    count = ""
    if item.muted:
        count = t("muted")
    elif item.unread:
        number = f"{item.unread}" if item.unread <= COUNT_MAX else f"{COUNT_MAX}+"
        count = ("@" if item.mentions else "") + number + ("" if item.exact else "~")
    count = " ".join(filter(None, (item.mark, count)))
    label = fit(item.label, max(1, room - cell_len(count) - (1 if count else 0)))
    return label + " " * (room - cell_len(label) - cell_len(count)), count


def _count_style(item: Item) -> str:
    return "alarm" if item.alarm else "mention" if item.mentions else "item"


class ChannelList(Widget, can_focus=True):
    """A list one walks with the keys; Enter or a click opens."""

    ALLOW_SELECT = False
    PANE: ClassVar[Pane] = Pane.CHANNELS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.CHANNELS)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--item", "list--unread", "list--mention", "list--muted", "list--open", "list--cursor",
        "list--alarm",
    }  # fmt: skip
    DEFAULT_CSS = """
    ChannelList {
        height: 1fr;
        & > .list--item { color: $text-muted; }
        & > .list--unread { text-style: bold; }
        & > .list--mention { text-style: bold; color: $text-warning; }
        & > .list--muted { color: $text-disabled; }
        & > .list--open { color: $text-primary; text-style: bold; }
        & > .list--alarm { color: $text-error; text-style: bold; }
        & > .list--cursor { color: $accent; text-style: bold; }
    }
    """

    items: reactive[tuple[Item, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)
    opened: reactive[str] = reactive("")
    blank: reactive[str] = reactive("")
    """What stands below while no line is one where one talks."""

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        item: Item

    class Misplaced(Message):
        """A key was pressed that acts upon a message."""

    def __init__(self) -> None:
        super().__init__()
        self._styles_cache: KeptLines = KeptLines()
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._drawn_size, self._drawn_first = Size(), 0
        """How large it is while it is drawn, and which item is at its top."""
        self._on_talk = self._has_keys = False
        """Is that under the cursor where one talks? Do the keys go there while it is drawn?"""

    def watch_items(self, before: tuple[Item, ...], after: tuple[Item, ...]) -> None:
        """The cursor stays on its line, wherever that is now."""
        if before and self.cursor < len(before):
            name = before[self.cursor].name
            places = [nth for nth, item in enumerate(after) if item.name == name]
            self.cursor = places[0] if places else min(self.cursor, max(0, len(after) - 1))
            if self.item is not None and self.item.is_heading:
                # What stood here is gone; below a heading there is always something.
                self.cursor += 1
        self._offer()

    def watch_cursor(self) -> None:
        """Upon another line other keys may act."""
        self._offer()

    def _offer(self) -> None:
        on_talk = self.item is not None and self.item.opens
        if on_talk != self._on_talk:
            self._on_talk = on_talk
            self.refresh_bindings()

    def watch_opened(self, opened: str) -> None:
        """The cursor goes along to what is opened, by whatever way."""
        self.point_at(opened)

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def first(self) -> int:
        """The item at the top: the cursor is always seen."""
        height = self.size.height
        return max(0, min(self.cursor - height // 2, len(self.items) - height))

    @property
    def _has_talks(self) -> bool:
        return any(item.stream is not None for item in self.items)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Look once how large the list is: each look goes through all that is laid out."""
        self._drawn_size, self._drawn_first = self.size, self.first
        # A widget hears of that a little later, in another picture.
        self._has_keys = self.screen.focused is self
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self._drawn_size.width
        nth = self._drawn_first + y
        if nth >= len(self.items) and width >= BLANK_CELLS_MIN and not self._has_talks:
            broken = wrap(self.blank, width - 2)
            line = nth - len(self.items) - 1
            text = self.blank[slice(*broken[line])] if 0 <= line < len(broken) else ""
            return Strip([Segment(f" {text}", self._style("item"))]).adjust_cell_length(width)
        if nth >= len(self.items) or width < 4:
            return self._drawn((), None, lambda: Strip.blank(width, self.rich_style))
        if more := self._more(y, self._drawn_size.height, self._drawn_first):
            return self._more_strip(y, width, more)
        item = self.items[nth]
        opened = item.name == self.opened
        mark = "▌" if nth == self.cursor and self._has_keys else "▸" if opened else " "
        return self._drawn((mark, opened), item, lambda: self._strip(item, mark, width))

    def _strip(self, item: Item, mark: str, width: int) -> Strip:
        if item.is_heading:
            return Strip([Segment(f" {rule_of(item, width - 2)} ", self._style("item"))], width)
        label, count = line_of(item, width - 2)
        segments = [
            Segment(mark, self._style("cursor")),
            Segment(label, self._look(item)),
            Segment(count, self._style(_count_style(item))),
            Segment(" ", self.rich_style),
        ]
        return Strip(segments, width)

    def _drawn(
        self, marks: tuple[object, ...], item: Item | None, draw: Callable[[], Strip]
    ) -> Strip:
        """As it was drawn before: all of the list is asked for whenever one of its lines differs,
        and a strip knows how it was cut and coloured last."""
        wanted = (self._drawn_size.width, item, *marks)
        found = self._strips.get(wanted)
        if found is None:
            if len(self._strips) >= STRIPS_MAX:
                self._strips.clear()
            found = self._strips[wanted] = draw()
        return found

    def notify_style_update(self) -> None:
        """What was drawn has the old colours."""
        self._strips.clear()
        self._styles_cache.forget()
        super().notify_style_update()

    def _more(self, y: int, height: int, first: int) -> range:
        """Which items a line stands for because there are more than have room: the first line for
        all above it, the last for all below; none for any other. The cursor is on neither."""
        count = len(self.items)
        if height < MARKED_LINES_MIN or count <= height:
            return range(0)
        if y == 0 and first:
            return range(first + 1)
        if y == height - 1 and first + height < count:
            return range(first + y, count)
        return range(0)

    def _more_strip(self, y: int, width: int, more: range) -> Strip:
        hidden = [item for nth in more if not (item := self.items[nth]).is_heading]
        sign, style = "↓" if y else "↑", "item"
        if any(item.mentions and not item.muted for item in hidden):
            style = "mention"
        elif any(item.unread and not item.muted for item in hidden):
            style = "unread"
        said = fit(t("{sign} {number} more", sign=sign, number=len(hidden)), width - 2)
        return Strip([Segment(f" {said}", self._style(style))]).adjust_cell_length(width)

    def _look(self, item: Item) -> Style:
        if item.muted:
            return self._style("muted")
        if item.name == self.opened:
            return self._style("open")
        return self._style("unread" if item.unread else "item")

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"list--{name}")

    def point_at(self, name: str) -> None:
        """The line of this name is under the cursor, if there is one."""
        self.cursor = next(
            (n for n, item in enumerate(self.items) if item.name == name), self.cursor
        )

    def up(self) -> None:
        """To the line above."""
        self._step(-1)

    def down(self) -> None:
        """To the line below."""
        self._step(1)

    def _step(self, lines: int) -> None:
        nth = self.cursor + lines
        while 0 <= nth < len(self.items) and self.items[nth].is_heading:
            nth += lines
        if 0 <= nth < len(self.items):
            self.cursor = nth

    def page_up(self) -> None:
        """A screen up."""
        self._leap(self.cursor - max(1, self.size.height - 1))

    def page_down(self) -> None:
        """A screen down."""
        self._leap(self.cursor + max(1, self.size.height - 1))

    def to_first(self) -> None:
        """To the first line."""
        self._leap(0)

    def to_last(self) -> None:
        """To the last line."""
        self._leap(len(self.items) - 1)

    def _leap(self, nth: int) -> None:
        nth = max(0, min(nth, len(self.items) - 1))
        if self.items and self.items[nth].is_heading:
            nth += 1 if nth + 1 < len(self.items) else -1
        if 0 <= nth < len(self.items):
            self.cursor = nth

    def choose(self) -> None:
        """Open the line under the cursor."""
        if self.item is not None and not self.item.is_heading:
            self.post_message(self.Chosen(self.item))

    DOES: ClassVar[Does] = {
        "up": up,
        "down": down,
        "page_up": page_up,
        "page_down": page_down,
        "first": to_first,
        "last": to_last,
        "open": choose,
    }

    def jumps(self) -> list[tuple[int, Callable[[], object]]]:
        """Where each line that is seen stands, and how one gets to it."""
        first, height = self.first, self.size.height
        return [
            (y, partial(self._jump, first + y))
            for y, item in enumerate(self.items[first : first + height])
            if not (item.is_heading or self._more(y, height, first))
        ]

    def _jump(self, nth: int) -> None:
        self.cursor = nth
        self.focus()
        self.choose()

    def fits(self, needs: Needs) -> bool:
        """Is that there upon which an action acts?"""
        return needs is Needs.NOTHING or self._on_talk

    @property
    def way_out(self) -> str:
        """One step back from here leads out of hobnob."""
        return QUIT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what acts upon a channel only where there is one."""
        found = _NEEDS.get(str(parameters[0])) if action == "act" and parameters else None
        return found is None or self.fits(found)

    def on_key(self, event: events.Key) -> None:
        """A key that can do nothing now says why."""
        for each in of(Pane.CHANNELS):
            if event.key in each.keys:
                if not self.fits(each.needs):
                    event.stop()
                    self.action_act(each.id)
                return
        if tells_how(self, event):
            return
        if any(event.key in each.keys for each in of(Pane.TIMELINE) if each.needs):
            event.stop()
            self.post_message(self.Misplaced())

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    def on_click(self, event: events.Click) -> None:
        """A click opens, or shows what had no room; each line can be reached by keys too."""
        first = self.first
        nth = first + event.y
        if self._more(event.y, self.size.height, first):
            self._leap(nth)
        elif nth < len(self.items) and not self.items[nth].is_heading:
            self.cursor = nth
            self.choose()
