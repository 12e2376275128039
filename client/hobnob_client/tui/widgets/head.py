"""The line above a pane: what it is, whether the keys go there, and where in it one is."""

from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.titles import Title
from hobnob_protocol.value import value

APART: Final = "  "
"""Between what a place is called, what it is about, and the day."""
ROOM_CELLS_MIN: Final = 8
ABOUT_CELLS_MIN: Final = 28
"""With less of it nobody sees what a place is about."""
KEYS_GO_HERE: Final = "▌"


@value
class Heading:
    """What a head says: `day` is that of what is seen at the top, "" for none; `has_keys` whether
    the keys go to what is below. All of it safe to draw."""

    title: Title
    day: str = ""
    has_keys: bool = False


def composed(said: Heading, gutter: int, width: int) -> tuple[tuple[str, str], ...]:
    """The line in `width` cells (from 9), as texts with their styles; `gutter` cells (from 1) stand
    before the name. Where there is little room, the day gives way to what the place is about, where
    that is then told whole or at least begun; where it is not, the day stays longest."""
    title = said.title
    room = max(ROOM_CELLS_MIN, width - gutter - 1)
    sign = f"{title.sign} " if title.sign else ""
    marks = "".join(f" · {each}" for each in title.marks)
    name = fit(title.name, max(1, room - cell_len(sign + marks)))
    left = room - cell_len(sign + name)
    marks = fit(marks, left) if marks and left > 0 else ""
    left -= cell_len(marks)
    day = APART + said.day if said.day and cell_len(said.day) + len(APART) <= left else ""
    whole = len(APART) + cell_len(title.about)
    needed = whole if whole <= left else len(APART) + ABOUT_CELLS_MIN
    if title.about and left - cell_len(day) < needed <= left:
        day = ""
    left -= cell_len(day)
    about = APART + fit(title.about, left - 2) if title.about and left > len(APART) else ""
    look = "bold $text-primary" if said.has_keys else "bold"
    return (
        ((KEYS_GO_HERE if said.has_keys else "").ljust(gutter), look),
        (sign, ""),
        (name, look),
        (marks, "bold $text-error" if title.alarm else ""),
        (about + " " * (left - cell_len(about)) + day + " ", ""),
    )


class Head(Widget):
    """Of a pane whose lines have `gutter` cells before them."""

    DEFAULT_CSS = "Head { height: 1; color: $text-muted; }"
    ALLOW_SELECT = False

    title: reactive[Title | None] = reactive(None)
    day: reactive[str] = reactive("")
    has_keys: reactive[bool] = reactive(False)
    within: reactive[bool] = reactive(False)
    """Has the pane the focus, be it in its field?"""

    def watch_within(self, within: bool) -> None:
        """Its ground says so."""
        self.set_class(within, "-within")

    def __init__(self, gutter: int) -> None:
        super().__init__(classes="head")
        self._gutter = gutter

    def render(self) -> Content:
        """In the room there is."""
        if self.title is None:
            return Content("")
        said = Heading(self.title, self.day, self.has_keys)
        return Content.assemble(*composed(said, self._gutter, self.size.width))
