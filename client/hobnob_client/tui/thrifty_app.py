"""Only what has changed is worked out (`remembering_stylesheet`), and sent where lines are slow
(`thrift`); Textual by itself goes through all rules, and writes whole regions anew."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from rich.console import RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.events import Resize
from textual.screen import Screen
from textual.strip import Strip

from hobnob_client.tui.cell_lines import Frame, Line, line_of, linked, patched
from hobnob_client.tui.orderly_app import OrderlyApp
from hobnob_client.tui.remembering_stylesheet import RememberingStylesheet
from hobnob_client.tui.thrift import changes

PARTS_MAX: Final = 384
"""Parts of lines kept as cells, 1.5 kB each: twice what a screen is made of."""


class ThriftyApp(OrderlyApp):
    """An app that sends a terminal what it does not show yet."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.stylesheet = RememberingStylesheet(variables=self.get_css_variables())
        self._thrifty = False
        self._shown: tuple[Line, ...] = ()
        self._stood: tuple[tuple[Line, ...], int] = (), 0
        self._cursor: tuple[int, int] | None = None
        self._prefix = lru_cache(1_024)(self._before)
        self._parts: dict[int, tuple[Strip, Line]] = {}

    def be_thrifty(self, thrifty: bool) -> None:
        """Send as few bytes as can be from now on: addresses of links too are left out, `L` lists
        them."""
        self._thrifty = thrifty
        self._forget()

    def _forget(self) -> None:
        """What the terminal shows is not known: the next frame is sent whole."""
        self._shown, self._cursor = (), None
        self._prefix.cache_clear()
        self._parts.clear()

    @property
    def shown(self) -> tuple[Line, ...]:
        """What stands on the terminal, line by line; none where that is not known."""
        return self._shown

    def drawn(self, strip: Strip) -> Line:
        """A line as it stands on the terminal."""
        return self._line((strip,))

    def come_back(self) -> None:
        """The terminal was another program's, or the shell's: all is drawn anew."""
        self._forget()
        self.refresh(layout=True)

    def begin_upon(self, shown: Frame, columns: int) -> None:
        """A terminal of so many columns shows that when this begins."""
        self._stood = tuple(shown), columns

    def on_resize(self, event: Resize) -> None:
        """A terminal of another size may have moved what it showed."""
        self._forget()
        stands, columns = self._stood
        if event.size == (columns, len(stands)):
            self._shown = stands

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        draws = renderable is not None and not self._batch_count
        shown = self._running and not self._closed and not self.is_headless
        if not draws or not shown or self._driver is None:
            super()._display(screen, renderable)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
            return
        frame, self._stood = self._frame(renderable), ((), 0)
        if not frame or len(frame) != len(self._shown):
            super()._display(screen, renderable)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
            self._shown = frame
            return
        sent = changes(self._shown, frame)
        self._shown = frame
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        if sent or cursor != self._cursor:
            self._cursor = cursor
            self._begin_update()
            self._driver.write(sent + Control.move_to(*cursor).segment.text)
            self._end_update()
            self._driver.flush()
        self.post_display_hook()

    def _frame(self, update: RenderableType | None) -> tuple[Line, ...]:
        """All lines as an update leaves them; none where that is not known. The whole of a frame
        comes once after each change of the size or of the screen."""
        if isinstance(update, LayoutUpdate):
            return tuple(self._line(strips) for strips in update.strips)
        if not isinstance(update, ChopsUpdate) or not self._shown:
            return ()
        lines = list(self._shown)
        wide: set[int] = set()
        for y, left, right in update.spans:
            if not self._patch(lines, update, y, left, right):
                wide.add(y)
        if wide:
            chops = self.screen._compositor._render_chops(self.size.region, wide.__contains__)  # pyright: ignore[reportPrivateUsage]  # There is no public way to a line.
            for y in wide:
                lines[y] = self._line(chops[y].values())
        return tuple(lines)

    def _patch(self, lines: list[Line], update: ChopsUpdate, y: int, left: int, right: int) -> bool:
        """Draw the new parts of a line; False where it must be drawn whole."""
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= right or end <= left:
                continue
            drawn = patched(lines[y], x, self._part(strip))
            if drawn is None:
                return False
            lines[y] = drawn
        return True

    def _part(self, strip: Strip) -> Line:
        """Most of what is drawn anew is drawn as before."""
        found = self._parts.get(id(strip))
        if found is not None and found[0] is strip:
            return found[1]
        if len(self._parts) >= PARTS_MAX:
            # The one that came first, so that no frame draws all of them anew.
            del self._parts[next(iter(self._parts))]
        line = line_of(strip, self._prefix)
        # It is held, so that no other strip gets its number.
        self._parts[id(strip)] = strip, line
        return line

    def _line(self, strips: Iterable[Strip]) -> Line:
        return line_of(chain.from_iterable(strips), self._prefix)

    def _before(self, style: Style) -> str:
        strip = Strip([Segment("\0", style.update_link(None))], 1)
        before = strip.render(self.console).partition("\0")[0]
        if style.link is None or self._thrifty:
            return before
        return linked(style.link) + before
