"""A newcomer's questions, one after the other, and at the end all that follows from them.

Nothing is said or joined before that is seen, and said yes to; Esc leaves at any time, and what was
answered is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import language, t
from hobnob_client.onboarding.plan import Answers, Plan, World, plan
from hobnob_client.onboarding.walk import Choice, Walk, choices
from hobnob_client.onboarding.words import parts
from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_tables.dialogs import marks_id
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.timeline.ballot import box
from hobnob_client.tui.timeline.wrap import fit

NUMBERS: Final = 9
"""Choices that have a key."""
_FRAME_COLUMNS: Final = 6
"""The frame and what is left blank beside it."""
_MARK_COLUMNS: Final = 8
"""What stands before a choice: the cursor, its number, its box."""
_FRAME_LINES: Final = 13
_WIDTH: Final = 84


@dataclass(frozen=True, slots=True)
class Left:
    """How it was left: with these answers, and with what is to be done, None for nothing yet."""

    answers: Answers
    plan: Plan | None = None


class QuestionsScreen(Dialog[Left]):
    """`walk` says where it begins; `place` is how the community is called."""

    PANE = Pane.QUESTIONS
    CSS = f"""
    QuestionsScreen > #frame {{ width: {_WIDTH}; }}
    QuestionsScreen #question {{ text-style: bold; height: auto; margin-bottom: 1; }}
    QuestionsScreen #choices {{ height: auto; }}
    QuestionsScreen #whole {{ height: auto; margin-top: 1; color: $accent; }}
    QuestionsScreen #told {{ height: auto; margin-top: 1; color: $text-muted; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.QUESTIONS)]

    def __init__(self, walk: Walk, world: World, place: str) -> None:
        super().__init__(t("Welcome to {place}", place=place) if place else t("Welcome"))
        self._walk = walk
        self._world = world
        self._gone: set[str] = set()
        """Parts of what follows that are not to be done."""
        self._cursor = 0
        self._question = Static(id="question")
        self._choices = Static(id="choices")
        self._whole = Static(id="whole")
        self._told = Static(id="told")

    def inside(self) -> ComposeResult:
        """What is asked, what can be chosen, and what to know of it."""
        yield self._question
        yield self._choices
        yield self._whole
        yield self._told

    def on_mount(self) -> None:
        """The first one."""
        self._lay()

    def on_resize(self) -> None:
        """As much as there is room for."""
        super().on_resize()
        self._lay()

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        numbers = {marks_id(nth): self._number(nth - 1) for nth in range(1, NUMBERS + 1)}
        return {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "mark": self._mark,
            "take": self._take,
            "skip": lambda: self._go(self._walk.skip),
            "change": lambda: self._go(self._walk.back),
            "close": self._close,
            **numbers,
        }

    # Keys.

    def _number(self, place: int) -> Callable[[], object]:
        def chosen() -> None:
            if place >= len(self._lines()):
                return
            self._cursor = place
            question = self._walk.question
            if question is not None and not question.several:
                self._take()
            else:
                self._mark()

        return chosen

    def _move(self, lines: int) -> None:
        self._cursor = max(0, min(len(self._lines()) - 1, self._cursor + lines))
        self._lay()

    def _mark(self) -> None:
        lines = self._lines()
        if self._cursor >= len(lines):
            return
        name = lines[self._cursor].name
        if self._walk.question is not None:
            self._walk.mark(name)
        else:
            self._gone ^= {name}
        self._lay()

    def _take(self) -> None:
        """Choose what is under the cursor and go on; of several, go on with what is marked."""
        question, walk = self._walk.question, self._walk
        if question is None:
            self.dismiss(Left(dict(walk.answers), self._plan().without(self._gone)))
            return
        lines = self._lines()
        marked = bool(walk.marked) and question.several
        if lines and not marked and lines[self._cursor].name not in walk.marked:
            walk.mark(lines[self._cursor].name)
        self._go(walk.on)

    def _go(self, step: Callable[[], object]) -> None:
        step()
        self._cursor = 0
        marked = [nth for nth, each in enumerate(self._lines()) if each.name in self._walk.marked]
        if marked:
            self._cursor = marked[0]
        self._lay()

    def _close(self) -> None:
        self.dismiss(Left(dict(self._walk.answers)))

    # What is shown.

    def _plan(self) -> Plan:
        return plan(self._walk.questions, self._walk.answers, self._world)

    def _lines(self) -> tuple[Choice, ...]:
        question = self._walk.question
        if question is not None:
            return choices(question, self._world, language())
        return tuple(Choice(key, what, why) for key, what, why in parts(self._plan()))

    def _lay(self) -> None:
        walk, lines = self._walk, self._lines()
        question = walk.question
        if question is not None:
            self._question.update(Content(question.texts[language()]))
            number = t("Question {nth} of {count}.", nth=walk.nth + 1, count=len(walk.questions))
            later = t("Nothing happens before you have seen all of it.")
            self._told.update(Content(f"{number} {later}"))
            self.offer(_QUESTION if not question.several else _SEVERAL)
        elif lines:
            self._question.update(Content(t("From your answers; change anything:")))
            self._told.update(Content(t("Enter does what is marked. It can all be changed later.")))
            self.offer(_REVIEW, {"take": t("Do it")})
        else:
            self._question.update(Content(t("That is all: nothing follows from your answers.")))
            self._told.update(Content(t("Home and the palette ask again whenever you like.")))
            self.offer(_REVIEW - {"mark"})
        self._choices.update(Content("\n".join(self._drawn(lines))))
        under = lines[self._cursor] if self._cursor < len(lines) else Choice("", "")
        whole = f"{under.text} · {under.more}" if under.more else under.text
        # Nobody agrees to what is cut.
        self._whole.update(Content(whole if _said(under, self._room) != whole else ""))
        self._whole.display = _said(under, self._room) != whole

    @property
    def _room(self) -> int:
        """Columns of a choice."""
        width = min(_WIDTH, self.size.width * 96 // 100)
        return max(8, width - _FRAME_COLUMNS - _MARK_COLUMNS)

    def _drawn(self, lines: tuple[Choice, ...]) -> list[str]:
        question = self._walk.question
        several = question is None or question.several
        room = max(3, self.size.height - _FRAME_LINES)
        first = max(0, min(self._cursor - room // 2, len(lines) - room))
        names = frozenset(each.name for each in lines)
        marked = names - self._gone if question is None else frozenset(self._walk.marked)
        return [
            f"{'▌' if nth == self._cursor else ' '}{nth + 1 if nth < NUMBERS else ' '} "
            f"{box(several, each.name in marked)} {_said(each, self._room)}"
            for nth, each in enumerate(lines)
        ][first : first + room]


def _said(choice: Choice, width: int) -> str:
    """A choice with what is to be known of it, as far as there is room."""
    text = fit(choice.text, width)
    left = width - cell_len(text) - 3
    return f"{text} · {fit(choice.more, left)}" if choice.more and left > len("…") * 8 else text


_QUESTION: Final = frozenset(("take", "skip", "change", "close"))
_SEVERAL: Final = _QUESTION | {"mark"}
_REVIEW: Final = frozenset(("mark", "take", "change", "close"))
