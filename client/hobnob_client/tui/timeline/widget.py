"""The timeline on the screen: an anchored viewport over a window of rows, one widget for all.

It renders what it is given and reports what was meant; nothing here knows a replica or a hub.
Nothing moves when rows arrive while one reads further up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import Does, act, bindings, of, pressed
from hobnob_client.tui.kept_lines import KeptLines
from hobnob_client.tui.timeline.acting import fits
from hobnob_client.tui.timeline.layout import RULES
from hobnob_client.tui.timeline.paint import COMPONENT_CLASSES, DEFAULT_CSS
from hobnob_client.tui.timeline.position import thumb
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.strips import Strips
from hobnob_client.tui.timeline.times import day_name, local
from hobnob_client.tui.timeline.viewport import Seen, Viewport
from hobnob_client.tui.timeline.walked import Walked
from hobnob_client.tui.timeline.window import PAGE_ROWS, RowSource, Window
from hobnob_protocol.ids import TargetId

WHEEL_LINES: Final = 3
OPENING_ROWS_MIN: Final = 12
"""Read at once where one comes, on the lowest screen too."""
SPARE_ROWS: Final = 4
"""Read beyond those that are seen: one of them decides how the first that is seen looks."""

_NEEDS: Final = {action.id: action.needs for action in of(Pane.TIMELINE)}
_OPEN: Final = "act('open')"
_BACK: Final = "everywhere.back"
_YIELD: Final = tuple(f"act('{action.id}')" for action in of(Pane.TIMELINE) if action.yields)


class Timeline(Walked, can_focus=True):
    """A list of messages, newest at the bottom.

    `selected` names the row that keys act upon, None where none is.
    """

    ALLOW_SELECT = False
    PANE: ClassVar[Pane] = Pane.TIMELINE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.TIMELINE)]
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENT_CLASSES
    DEFAULT_CSS = DEFAULT_CSS

    blank: reactive[str] = reactive("")
    """What stands here while there are no rows."""

    @dataclass
    class Selected(Message):
        """Another row is selected."""

        target: TargetId | None

    @dataclass
    class Moved(Message):
        """Another stretch of `timeline` is seen: `last` is its lowest row seen whole, `at_end`
        whether nothing is below."""

        timeline: "Timeline"
        last: TargetId | None
        at_end: bool

    @dataclass
    class Dated(Message):
        """Another `day` is seen at the top of `timeline`, by its name; "" for none."""

        timeline: "Timeline"
        day: str

    @dataclass
    class Lacking(Message):
        """A key was pressed that acts upon what is not selected."""

        needs: Needs

    def __init__(
        self,
        source: RowSource,
        *,
        zone: tzinfo,
        today: date,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._styles_cache: KeptLines = KeptLines()
        self.zone = zone
        self.today = today
        self._strips = Strips(self)
        self.revealed: set[TargetId] = set()
        """Rows that show what they hide."""
        self._seen: list[tuple[TargetId, Strip]] = []
        self._day: date | None = None
        self.under_seal = False
        """Are these rows of a conversation, which no moderator sees?"""
        self.root: TargetId | None = None
        """Where the thread begins whose rows these are; None for a channel's."""
        self.show(source)

    def show(self, source: RowSource, unread_from: TargetId | None = None) -> None:
        """Show another list, from its end; `unread_from` is its first unread row."""
        self.window = Window(source, self._opening_rows)
        self.unread_from = unread_from
        self._opens = None
        self.viewport = Viewport(
            lambda target: len(self._strips.of(target)),
            self.window.before,
            self.window.after,
            self.window.precedes,
            self.window.last,
        )
        self.viewport.height = self.size.height
        self._strips.forget()
        self.revealed.clear()
        self.set_reactive(Timeline.selected, None)
        self.refresh()

    def reload(self) -> None:
        """What is shown may have changed: read it again, and stay where we are."""
        row = self.row
        self._read_again()
        bottom = self.viewport.bottom
        if bottom is not None and self.window.row(bottom) is None:
            self.viewport.to_end()
        if self.selected is not None and self.window.row(self.selected) is None:
            self.selected = None
        if self.row != row:
            # A poll may have been closed, a message refused: other keys act upon it now.
            self.refresh_bindings()
        if self.viewport.follows and self.size.height:
            # What has come is seen at once by who looks at the end.
            self._moved()
        self.refresh()

    def _read_again(self) -> None:
        """Many may say something, some times a second: what nobody looks at is not read again."""
        seen = len(dict.fromkeys(target for target, _ in self._seen))
        if self.viewport.follows and self.row is None:
            # What has come may take fewer lines than what it moves away.
            self.window.newest_again(seen + seen // 4 + SPARE_ROWS if seen else self._opening_rows)
            return
        bottom, selected = self.viewport.bottom, self.row
        if bottom is not None and (
            selected is None or self.window.distance(bottom, selected.target) <= seen
        ):
            self.window.keep_near(bottom, seen)
        self.window.reload()

    @property
    def _opening_rows(self) -> int:
        """How many rows mostly fill what is seen: few take one line alone."""
        lines = self.size.height
        return max(OPENING_ROWS_MIN, min(PAGE_ROWS, lines * 2 // 3)) if lines else PAGE_ROWS

    def reveal(self) -> None:
        """Show what the selected row hides, or hide it again."""
        if self.selected is not None:
            self.revealed ^= {self.selected}
            self.refresh()

    def jumps(self) -> list[tuple[int, Callable[[], object]]]:
        """Where each message that is seen begins, and how one gets to it."""
        top = self.size.height - len(self._seen)
        begins: dict[TargetId, int] = {}
        for nth, (target, strip) in enumerate(self._seen):
            if not strip.text.startswith(RULES):
                begins.setdefault(target, top + nth)
        return [(line, partial(self._jump, target)) for target, line in begins.items()]

    def _jump(self, target: TargetId) -> None:
        self.focus()
        self.select(target)

    def seen_rows(self) -> list[Row]:
        """The rows that are seen, at least in part."""
        rows = (self.window.row(run.key) for run in self.viewport.seen())
        return [row for row in rows if row is not None]

    DOES: ClassVar[Does] = {
        "up": lambda timeline: timeline.move(-1),
        "down": lambda timeline: timeline.move(1),
        "page_up": lambda timeline: timeline.page(-1),
        "page_down": lambda timeline: timeline.page(1),
        "reveal": reveal,
        "begin": lambda timeline: timeline.to_begin(),
        "end": lambda timeline: timeline.to_end(),
    }

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what acts upon a message only while one is selected that it can act upon."""
        found = _NEEDS.get(str(parameters[0])) if action == "act" and parameters else None
        return found is None or self.fits(found)

    def on_key(self, event: events.Key) -> None:
        """A key that can do nothing now says why."""
        action = pressed(Pane.TIMELINE, event.key)
        needs = Needs.NOTHING if action is None else action.needs
        if not self.fits(needs):
            event.stop()
            self.post_message(self.Lacking(needs))

    def fits(self, needs: Needs) -> bool:
        """Is that selected upon which an action acts?"""
        if needs is Needs.NOTHING:
            return True
        row, sealed = self.row, self.under_seal
        return row is not None and fits(needs, row, under_seal=sealed, root=self.root)

    @property
    def silent(self) -> tuple[str, ...]:
        """The actions whose labels yield to those upon the selected row."""
        yields = _YIELD if self.selected is not None else ()
        # In a thread it leads to what is mostly seen there anyway.
        return yields if self.root is None else (*yields, _OPEN)

    @property
    def way_out(self) -> str:
        """The key by which one gets out of a thread; of a channel while no message is selected,
        upon which others act."""
        return _BACK if self.root is not None or self.selected is None else ""

    @property
    def row(self) -> Row | None:
        """The selected row."""
        return self.window.row(self.selected) if self.selected is not None else None

    def lines(self, most: int) -> int:
        """How many lines all rows take, the newest first, counted up to `most` (from 1)."""
        return self.viewport.lines(most)

    def settle(self) -> TargetId | None:
        """Work out what will be drawn before it is, so that what follows from it is no second
        picture: the day at its top is told; the lowest row that is seen whole, None for none."""
        if not self.size.height:
            return None
        seen = self.viewport.seen()
        self._tell_day(seen[0].key if seen else None)
        return self._last_whole(seen)

    def _last_whole(self, seen: Sequence[Seen[TargetId]]) -> TargetId | None:
        runs = reversed(seen)
        whole = (run for run in runs if run.first + run.count == len(self._strips.of(run.key)))
        return next((run.key for run in whole), None)

    def look(self) -> None:
        """What is seen may have been covered until now: whoever must know is told."""
        if self.size.height:
            self._moved()

    def on_show(self) -> None:
        """It is there again, or for the first time."""
        self.look()

    def _moved(self) -> None:
        super()._moved()
        seen = self.viewport.seen()
        if seen:
            self.window.trim(seen[len(seen) // 2].key)
        self.post_message(self.Moved(self, self._last_whole(seen), self.viewport.follows))

    # Drawing.

    def watch_selected(self, target: TargetId | None) -> None:
        """Tell what keys act upon now."""
        self.post_message(self.Selected(target))
        self.refresh_bindings()

    def on_resize(self) -> None:
        """The place stays; lines are laid out anew."""
        self.viewport.height = self.size.height
        if self._opens is not None and self.size.height:
            opens, self._opens = self._opens, None
            opens()
        elif self.size.height:
            self.viewport.fill()

    def notify_style_update(self) -> None:
        """Another theme: what was drawn has the old colours."""
        self._strips.repaint()
        self._styles_cache.forget()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay out what is seen, then let Textual crop and pad it; at the edge stands where in the
        list that is."""
        height = self.viewport.height = self.size.height
        seen = self.viewport.seen()
        self._seen = [
            (run.key, strip)
            for run in seen
            for strip in self._strips.of(run.key)[run.first : run.first + run.count]
        ]
        self._tell_day(self._seen[0][0] if self._seen else None)
        drawn = super().render_lines(crop)
        if crop.right == self.size.width:
            for y in thumb(self.window, seen, lambda key: len(self._strips.of(key)), height):
                if crop.y <= y < crop.bottom:
                    drawn[y - crop.y] = self._strips.beside_thumb(drawn[y - crop.y])
        return drawn

    def _tell_day(self, target: TargetId | None) -> None:
        top = self.window.row(target) if target is not None else None
        day = local(top.at_ms, self.zone).date() if top is not None else None
        if day != self._day:
            self._day = day
            self.post_message(self.Dated(self, day_name(day, self.today) if day else ""))

    def render_line(self, y: int) -> Strip:
        """One line; a list shorter than the widget lies at its bottom."""
        place = y - (self.viewport.height - len(self._seen))
        if not self._seen and self.blank:
            return self._strips.blank(y)
        if not 0 <= place < len(self._seen):
            return Strip.blank(self.size.width, self.rich_style)
        target, strip = self._seen[place]
        if target != self.selected or strip.text.startswith(RULES):
            return strip
        return self._strips.marked(strip)

    # The mouse, for who likes it: each of these has a key too.

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        place = event.y - (self.size.height - len(self._seen))
        if 0 <= place < len(self._seen):
            target = self._seen[place][0]
            self.selected = target
            self.refresh()
            if event.chain > 1:
                self.action_act("open")
