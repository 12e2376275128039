"""Lines that a widget draws as before are not styled again (Textual 8.2).

A list that keeps its strips is asked for all of them whenever one differs, as the one under the
cursor. Textual puts borders, padding and colours around each anew; what comes of a strip that is
the same is the same.
"""

from collections.abc import Callable
from typing import Final

from rich.terminal_theme import TerminalTheme
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.content import Content
from textual.css.styles import StylesBase
from textual.geometry import Size, Spacing
from textual.strip import Strip
from textual.style import Style

LINES_MAX: Final = 256
"""Lines kept, 1 kB each: more than any terminal shows."""

Titled = tuple[Content, Color, Color, Style] | None


class KeptLines(StylesCache):
    """For a widget without border and padding, which hands out the same strip for the same line."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[int, tuple[Strip, tuple[object, ...], Strip]] = {}

    def forget(self) -> None:
        """The widget has other styles."""
        self._kept.clear()

    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        border_title: Titled,
        border_subtitle: Titled,
        opacity: float,
        ansi_theme: TerminalTheme,
        native_ansi: bool,
    ) -> Strip:
        """One line as Textual styles it, or as it did before."""
        around = base_background, background, opacity, ansi_theme, native_ansi
        plain = size == content_size
        drawn = render_content_line(y) if plain else None
        key = (size.width, *around)
        kept = self._kept.get(id(drawn))
        if kept is not None and kept[0] is drawn and kept[1] == key:
            return kept[2]
        styled = super().render_line(
            styles,
            y,
            size,
            content_size,
            padding,
            base_background,
            background,
            render_content_line if drawn is None else lambda _: drawn,
            border_title,
            border_subtitle,
            opacity,
            ansi_theme,
            native_ansi,
        )
        if drawn is not None:
            if len(self._kept) >= LINES_MAX:
                del self._kept[next(iter(self._kept))]
            # It is held, so that no other strip gets its number.
            self._kept[id(drawn)] = drawn, key, styled
        return styled
