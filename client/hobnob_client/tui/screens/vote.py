"""Votes in a poll: one chooses, then the vote is given; nothing is said before that."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings, hint
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.timeline.ballot import box
from hobnob_client.tui.timeline.row import Ballot
from hobnob_client.tui.timeline.wrap import fit

FRAME_LINES = 8
"""What stands around the options: the frame, the question, the edges of the screen."""


class VoteScreen(PunctualModal[tuple[int, ...] | None]):
    """Ends with what was chosen, ascending from 0, or None where one steps back.

    `question` and the ballot's texts are safe to draw.
    """

    CSS = """
    VoteScreen { align: center middle; }
    #vote { width: 64; max-width: 96%; height: auto; max-height: 96%; border: round $accent;
        padding: 0 2; background: $surface; }
    #question { max-height: 3; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.POLL)]

    def __init__(self, question: str, ballot: Ballot) -> None:
        super().__init__()
        self._question = question
        self._ballot = ballot
        self._marked = list(ballot.mine)
        self._touched = False
        self._place = ballot.mine[0] if ballot.mine else 0
        self._options = Static()
        self._does: dict[str, Callable[[], object]] = {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "mark": self._mark,
            "vote": self._vote,
            "withdraw": lambda: self.dismiss(()),
            "close": lambda: self.dismiss(None),
        }

    def compose(self) -> ComposeResult:
        """The question above its options."""
        with Vertical(id="vote") as frame:
            frame.border_title = Content(
                t("Vote for several") if self._ballot.multiple else t("Vote")
            )
            frame.border_subtitle = Content(hint(Pane.POLL))
            yield Static(Content(self._question), id="question")
            yield self._options

    def on_resize(self) -> None:
        """As many options as there is room for, the one that keys act upon among them."""
        self._show()

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        self._does[action]()

    def _move(self, lines: int) -> None:
        self._place = max(0, min(len(self._ballot.choices) - 1, self._place + lines))
        self._show()

    def _mark(self) -> None:
        self._touched = True
        if self._place in self._marked:
            self._marked.remove(self._place)
        elif self._ballot.multiple:
            self._marked.append(self._place)
        else:
            self._marked = [self._place]
        self._show()

    def _vote(self) -> None:
        if not self._touched:
            self._marked = [*self._ballot.mine] if self._ballot.multiple else []
            if self._place not in self._marked:
                self._marked.append(self._place)
        self.dismiss(tuple(sorted(self._marked)))

    def _show(self) -> None:
        choices = self._ballot.choices
        room = max(3, self.size.height - FRAME_LINES)
        first = max(0, min(self._place - room // 2, len(choices) - room))
        width = max(8, min(64, self.size.width * 96 // 100) - 6 - 6)
        lines = [
            f"{'▌' if nth == self._place else ' '} "
            f"{box(self._ballot.multiple, nth in self._marked)} {fit(choice.text, width)}"
            for nth, choice in enumerate(choices)
        ]
        self._options.update(Content("\n".join(lines[first : first + room])))
