"""A field that cuts, puts back and moves as readline does: the keys that every shell has taught."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.widgets.text_area import Location, Selection

from hobnob_client.tui.actions import Does
from hobnob_client.tui.composing.kill_ring import KillRing
from hobnob_client.tui.composing.recall import Recall
from hobnob_client.tui.composing.words import blank_before, word_before, word_behind
from hobnob_client.tui.widgets.steady_colours import SteadyColours

RING = KillRing()
"""One for all fields: what is cut out of one is put back into another."""


class WritingKeys(SteadyColours):
    """What the keys do; `past` is what one has said here, the newest first."""

    past: Callable[[], Sequence[str]] = staticmethod(tuple)

    def __init__(self, *, id: str) -> None:
        super().__init__(
            id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=False
        )
        self.cursor_blink = False
        self.recall = Recall()
        self._did: tuple[str, str, Selection] = ("", "", self.selection)
        """What the key before did, and what it left: only right after it the next joins in."""
        self._yanked: tuple[Location, Location] = ((0, 0), (0, 0))

    # Where the caret is.

    @property
    def before(self) -> str:
        """The text up to the caret."""
        return self.get_text_range((0, 0), self.selection.end)

    @property
    def _offset(self) -> int:
        return len(self.before)

    def _location(self, offset: int) -> Location:
        above, _, line = self.text[:offset].rpartition("\n")
        return (above.count("\n") + 1 if "\n" in self.text[:offset] else 0, len(line))

    def _index(self, location: Location) -> int:
        return len(self.get_text_range((0, 0), location))

    def put_between(self, start: int, end: int, text: str) -> None:
        """Type `text` instead of what stands between two offsets, so that undo brings that back."""
        at = self.replace(
            text, self._location(start), self._location(end), maintain_selection_offset=False
        )
        self.move_cursor(at.end_location)

    def put_all(self, text: str) -> None:
        """Type `text` instead of all there is."""
        self.put_between(0, len(self.text), text)

    # Cutting out.

    def _kill(self, end: int) -> None:
        """Cut out what is between the caret and an offset; what is selected, where something is."""
        if not self.selection.is_empty:
            start, end = sorted(map(self._index, self.selection))
        else:
            start, end = sorted((self._offset, end))
        before, joins = end == self._offset, self._did == self._done("kill")
        RING.kill(self.text[start:end], before=before, joins=joins)
        self.put_between(start, end, "")
        self._did = self._done("kill")

    def _done(self, did: str) -> tuple[str, str, Selection]:
        return did, self.text, self.selection

    def kill_to_blank(self) -> None:
        """Cut out what stands before the caret, up to a blank."""
        self._kill(blank_before(self.before))

    def kill_word_left(self) -> None:
        """Cut out the word before the caret."""
        self._kill(self._word_left)

    def kill_word_right(self) -> None:
        """Cut out the word behind the caret."""
        self._kill(self._word_right)

    def kill_line_start(self) -> None:
        """Cut out the line up to the caret; at its begin the break before it."""
        begin = self.before.rfind("\n") + 1
        self._kill(begin if begin < self._offset else max(0, begin - 1))

    def kill_line_end(self) -> None:
        """Cut out the line from the caret on; at its end the break behind it."""
        end = self.text.find("\n", self._offset)
        end = len(self.text) if end < 0 else end
        self._kill(end if end > self._offset else min(len(self.text), end + 1))

    # Putting back.

    def yank(self) -> None:
        """Put back what was cut out last."""
        self._put_back(RING.newest, *self.selection)

    def yank_before(self) -> None:
        """Instead of what was just put back, what was cut out before that."""
        if self._did == self._done("yank"):
            self._put_back(RING.rotate(), *self._yanked)
        else:
            self.yank()

    def _put_back(self, text: str, start: Location, end: Location) -> None:
        first = min(start, end)
        result = self.replace(text, start, end, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        self._yanked = (first, result.end_location)
        self._did = self._done("yank")

    # Moving.

    @property
    def _word_left(self) -> int:
        return word_before(self.before)

    @property
    def _word_right(self) -> int:
        return word_behind(self.text, self._offset)

    # What was said before.

    def older(self) -> None:
        """What one has said here before."""
        found = self.recall.older(self.past(), self.text)
        if found is not None:
            self.put_all(found)

    def newer(self) -> None:
        """What one has said after that, at last the draft."""
        found = self.recall.newer()
        if found is not None:
            self.put_all(found)

    KEYS_DO: ClassVar[Does] = {
        "line_start": lambda field: field.action_cursor_line_start(),
        "line_end": lambda field: field.action_cursor_line_end(),
        "word_left": lambda field: field.move_cursor(field._location(field._word_left)),
        "word_right": lambda field: field.move_cursor(field._location(field._word_right)),
        "kill_to_blank": kill_to_blank,
        "kill_word_left": kill_word_left,
        "kill_word_right": kill_word_right,
        "kill_line_start": kill_line_start,
        "kill_line_end": kill_line_end,
        "yank": yank,
        "yank_before": yank_before,
        "take_back": lambda field: field.undo(),
        "bring_back": lambda field: field.redo(),
        "older": older,
        "newer": newer,
    }
