"""On a slow line only what has changed is sent (`thrift`); Textual by itself writes whole regions
anew."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from rich.console import RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual.screen import Screen
from textual.strip import Strip

from hobnob_client.tui import thrift
from hobnob_client.tui.orderly_app import OrderlyApp


class ThriftyApp(OrderlyApp):
    """An app that may be told to be thrifty, at any time."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._thrifty = False
        self._shown: tuple[thrift.Line, ...] = ()
        self._cursor: tuple[int, int] | None = None
        self._prefix = lru_cache(1_024)(self._before)

    def be_thrifty(self, thrifty: bool) -> None:
        """Send as few bytes as can be from now on, or as ever."""
        self._thrifty = thrifty
        self._forget()

    def _forget(self) -> None:
        """What the terminal shows is not known: the next frame is sent whole."""
        self._shown, self._cursor = (), None
        self._prefix.cache_clear()

    @contextmanager
    def suspend(self) -> Generator[None]:
        """As Textual's; another program has drawn meanwhile."""
        try:
            with super().suspend():
                yield
        finally:
            self._forget()

    def on_resize(self) -> None:
        """A terminal of another size may have moved what it showed."""
        self._forget()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        draws = self._thrifty and renderable is not None and not self._batch_count
        if not draws or self._driver is None or self.is_headless or not self._running:
            super()._display(screen, renderable)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
            return
        strips = self.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]  # There is no public way to a frame.
        frame = tuple(thrift.line_of(strip, self._prefix) for strip in strips)
        if len(frame) != len(self._shown):
            super()._display(screen, renderable)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
            # The whole of a frame comes once after each change of the size or of the screen.
            self._shown = frame if self._is_whole(renderable) else ()
            return
        sent = thrift.changes(self._shown, frame)
        self._shown = frame
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        if sent or cursor != self._cursor:
            self._cursor = cursor
            self._begin_update()
            self._driver.write(sent + Control.move_to(*cursor).segment.text)
            self._end_update()
            self._driver.flush()
        self.post_display_hook()

    def _is_whole(self, renderable: RenderableType | None) -> bool:
        return type(renderable).__name__ == "LayoutUpdate"

    def _before(self, style: Style) -> str:
        # Links are left out: each would cost its address; L lists them.
        strip = Strip([Segment("\0", style.update_link(None))], 1)
        return strip.render(self.console).partition("\0")[0]
