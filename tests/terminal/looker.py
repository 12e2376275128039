"""Somebody in front of a terminal with the screen in it, who presses keys and sees what comes."""

import codecs
import time
from collections.abc import Callable

from hobnob_client.paths import Profile
from tests.terminal.emulator import Grid, whole
from tests.terminal.terminal import Terminal

ESCAPE = "\x1b"
ENTER = "\r"
UP, DOWN, LEFT, END = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[F"
PAGE_UP = "\x1b[5~"
F7 = "\x1b[18~"
"""Selects all that is written."""
EMPTY = "\x15"
"""Takes away what is written in a field of one line."""
MARK = "▌"
"""What has the focus, whichever keys are named for it."""
STILL_SECONDS = 0.1
"""Longer than one frame takes, on a busy machine too."""
QUIT = "\x11"
OUTBOX = "\x0f"
SWITCH = "\x0b"
_ASKS_FOR_FRAMES = "\x1b[?2026$p"
_HAS_FRAMES = "\x1b[?2026;2$y"
_FRAME_BEGINS, _FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"


def pasted(text: str) -> str:
    """A paste, as an honest terminal hands it over: its end is where the text ends."""
    return "\x1b[200~" + text.replace("\x1b[201~", "") + "\x1b[201~"


class Looker(Terminal):
    """`hobnob` on a profile, or another `program`; what it draws is seen on `grid`."""

    def __init__(
        self,
        profile: Profile,
        columns: int,
        lines: int,
        environ: dict[str, str] | None = None,
        *,
        program: tuple[str, ...] = (),
        grid: Grid | None = None,
    ) -> None:
        super().__init__(
            *(program or ("hobnob", "--profile", str(profile.directory))),
            environ={"COLORTERM": "truecolor", "HOBNOB_LOOK_START": "home", **(environ or {})},
            columns=columns,
            lines=lines,
        )
        self.grid = grid or Grid(columns, lines)
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._taken = 0
        self._rest = ""
        self.rows_seen: set[str] | None = None
        """Each row that was ever seen, where somebody sets it: a frame changes what differs, so
        what was seen need not have been written in one piece."""
        self._drawing = 0
        """Frames that are drawn in part: nobody looks at those."""

    @property
    def seen(self) -> str:
        """All that is on the screen now."""
        return self.grid.text

    @property
    def footer(self) -> str:
        """The line of keys."""
        return self.grid.line(self.grid.lines - 1)

    def until(self, holds: Callable[[], object]) -> None:
        """Read until the screen is as it must come to be; AssertionError after the bound."""

        def holds_now(output: bytes) -> bool:
            self._take(output)
            return not self._drawing and bool(holds())

        try:
            self.wait_for(holds_now)
        except AssertionError as failed:
            raise AssertionError(f"not seen:\n{self.seen}") from failed

    def until_seen(self, text: str) -> None:
        """Read until `text` is on the screen."""
        self.until(lambda: text in self.seen)

    def until_still(self, seconds: float = STILL_SECONDS) -> None:
        """Read until nothing more is drawn for so long: what a key has led to is all there."""
        drawn, since = -1, 0.0

        def still() -> bool:
            nonlocal drawn, since
            if len(self.output) != drawn:
                drawn, since = len(self.output), time.monotonic()
            return time.monotonic() - since >= seconds

        self.until(still)

    def until_footer(self, text: str) -> None:
        """Read until the keys of a pane are offered: one that has `text`."""
        self.until(lambda: text in self.footer)

    def until_in_list(self) -> None:
        """Read until the list has the focus: the mark stands before one of its lines."""
        self.until(lambda: any(row[0] == MARK for row in self.grid.rows))

    def until_beside_list(self) -> None:
        """Read until what is open beside the list has the focus: its name has the mark."""
        self.until(lambda: MARK in self.grid.rows[1][1:])

    def leave_home(self) -> None:
        """From Home, where it begins, to the list, with the first channel open beside it."""
        self.until_seen("▌Home")
        self.until_seen("\n #")
        self.type(SWITCH)
        self.until_seen("Enter Go · Esc Back")
        self.type(ENTER)
        self.until(lambda: "Enter Go · Esc Back" not in self.seen and "Home" in self.seen)
        self.until_beside_list()
        self.type(LEFT)
        self.until_seen("▌#")

    def until_other(
        self, keys: str, part: Callable[[Grid], object] = lambda grid: grid.text
    ) -> None:
        """Press keys, and read until a part of the screen is different."""
        before = part(self.grid)
        self.type(keys)
        self.until(lambda: part(self.grid) != before)

    def _take(self, output: bytes) -> None:
        data, self._taken = output[self._taken :], len(output)
        text = self._rest + self._decode(data)
        end = whole(text)
        self._feed(text[:end])
        self._rest = text[end:]
        if _ASKS_FOR_FRAMES in text:
            self.type(_HAS_FRAMES)
        self._drawing += text[:end].count(_FRAME_BEGINS) - text[:end].count(_FRAME_ENDS)

    def _feed(self, text: str) -> None:
        """Draw frame by frame where each is remembered: what comes at once may be several."""
        if self.rows_seen is None:
            self.grid.feed(text)
            return
        *frames, rest = text.split(_FRAME_ENDS)
        for frame in frames:
            self.grid.feed(frame)
            self.rows_seen.update(self.seen.splitlines())
        self.grid.feed(rest)
