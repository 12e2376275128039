"""The styles of a timeline's spans, in the colours of the theme it stands in.

A theme colours what has a meaning; names and code are coloured by hue, for the ground that is
there.
"""

from typing import Final

from rich.color import Color
from rich.style import Style
from textual.widget import Widget

from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.themes import contrast_of
from hobnob_client.tui.timeline.colours import AUTHOR_STYLES, HUES, legible
from hobnob_client.tui.timeline.span import Span

_STYLES: Final = (
    "text", "waiting", "code", "link", "mention", "strong", "title", "quote", "note", "mark",
    "emphasis", "struck", "heading", "heading-low", "spoiler", "revealed",
    "code-comment", "code-plain", "code-keyword", "code-name", "code-string", "code-number",
    "refused", "time", "day", "unread", "mine", "mark-selected", "act", "choice", "chosen", "bar",
    "thumb",
    *(f"author-{nth}" for nth in range(AUTHOR_STYLES)),
)  # fmt: skip

COMPONENT_CLASSES: Final = {f"timeline--{name}" for name in _STYLES}
DEFAULT_CSS: Final = """
Timeline {
    height: 1fr;
    & > .timeline--waiting { text-style: italic; color: $text-muted; }
    & > .timeline--link { text-style: underline; color: $text-primary; }
    & > .timeline--mention { color: $text-secondary; text-style: bold; }
    & > .timeline--strong { text-style: bold; }
    & > .timeline--emphasis { text-style: italic; }
    & > .timeline--struck { text-style: strike; }
    & > .timeline--heading { text-style: bold underline; }
    & > .timeline--heading-low { text-style: bold; }
    & > .timeline--spoiler { color: $text-muted; }
    & > .timeline--revealed { text-style: underline; }
    & > .timeline--code-comment { color: $text-muted; text-style: italic; }
    & > .timeline--title { text-style: bold; }
    & > .timeline--quote { color: $text-muted; }
    & > .timeline--note { color: $text-muted; text-style: italic; }
    & > .timeline--act { text-style: italic; }
    & > .timeline--chosen { text-style: bold; }
    & > .timeline--bar { color: $text-primary; }
    & > .timeline--mark { color: $text-muted; }
    & > .timeline--refused { color: $text-error; text-style: bold; }
    & > .timeline--time { color: $text-muted; }
    & > .timeline--day { color: $text-muted; }
    & > .timeline--unread { color: $text-primary; text-style: bold; }
    & > .timeline--mine { color: $text; text-style: bold underline; }
    & > .timeline--mark-selected { color: $text-primary; text-style: bold; }
    & > .timeline--thumb { color: $text-muted; }
}
"""

_ANSI: Final = (4, 2, 6, 5, 1, 3)
"""The terminal's own colours, where it has no others: dark ones for a light ground; eight further
are the light ones."""
LINKS_MAX: Final = 256
"""Styles of links kept: more than a screen can show."""


class Paint:
    """Makes Rich styles of the names of styles, for one widget."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}
        self._links: dict[str, Style] = {}

    def clear(self) -> None:
        """Another theme: forget the colours of the last."""
        self._styles.clear()

    def of(self, span: Span) -> Style:
        """The style of a span; where it is a link, one that a terminal lets one click on."""
        found = self.style(span.style)
        return found + self._link(span.link) if span.link else found

    def style(self, names: str) -> Style:
        """The style of one or several component classes."""
        found = self._styles.get(names)
        if found is None:
            found = self._styles[names] = self._made(names.split())
        return found

    def _made(self, names: list[str]) -> Style:
        found = self._widget.get_component_rich_style(*(f"timeline--{name}" for name in names))
        for name in names:
            if name in HUES:
                bold = name.startswith("author-") or None
                found += Style(color=self._colour(name), bold=bold)
        return found

    def _colour(self, name: str) -> Color:
        ground = self._widget.background_colors[1]
        if ground.ansi is not None:
            nth = list(HUES).index(name) % len(_ANSI)
            dark = app_of(self._widget).current_theme.dark
            return Color.parse(f"color({_ANSI[nth] + (8 if dark else 0)})")
        contrast = contrast_of(app_of(self._widget).theme)
        return Color.from_rgb(*legible(HUES[name], (ground.r, ground.g, ground.b), contrast))

    def _link(self, target: str) -> Style:
        # One style for all pieces of a link: a terminal knows by its number that they are one.
        found = self._links.get(target)
        if found is None:
            if len(self._links) >= LINKS_MAX:
                self._links.clear()
            found = self._links[target] = Style(link=target)
        return found
