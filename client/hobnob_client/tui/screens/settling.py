"""Threads on the first screen: called something, settled, answered; each undone by `z`."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.doing import Does, upon
from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.voice import Regret
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadResolve, ThreadTitle
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.composing import Composing
    from hobnob_client.tui.screens.main import MainScreen

MODERATES: Final = ("owner", "admin", "moderator")
"""Who accepts an answer to what somebody else has asked (DESIGN §12, the table of rights)."""
TITLE_CELLS: Final = 40


class Settling:
    """The threads of one screen."""

    def __init__(self, screen: "MainScreen", composing: "Composing") -> None:
        self._screen = screen
        self._composing = composing
        self.does: Does = {
            "accept": upon(self.accept),
            "resolve": upon(self.resolve),
            "entitle": lambda asked: self.entitle(asked.talk, asked.talk.timeline.row),
        }

    def entitle(self, talk: Talk, row: Row | None) -> None:
        """Call the thread of a message something; where none is selected, begin one."""
        place = talk.place
        if place is None:
            return
        ask = self._composing.commands.ask_title
        root = place.thread or (None if row is None else _root(row))
        if root is None:
            ask(talk.entitle)
            return
        if row is not None and row.sending is Sending.REFUSED:
            self._screen.tell(t("That message was refused: nobody sees its thread."))
            return
        before = self._screen.reader.heading(place.stream, root).title
        ask(lambda title: self._entitled(place.stream, root, before, title), before)

    def _entitled(self, stream: StreamId, root: TargetId, before: str, title: str) -> None:
        if title == before:
            return
        back = (ThreadTitle(root, before),) if before else ()
        shown = fit(term_safe.line(title), TITLE_CELLS)
        said = t("The thread is called “{title}”.", title=shown)
        if before:
            said = t("The thread is called “{title}”; z undoes it.", title=shown)
        self._do(stream, (ThreadTitle(root, title),), back, t("the title"), said)

    def resolve(self, talk: Talk, row: Row) -> None:
        """Say that the thread of a message is settled, or that it is not."""
        assert talk.place is not None
        stream, root = talk.place.stream, talk.place.thread or _root(row)
        resolved = self._screen.reader.heading(stream, root).resolved
        self._do(
            stream,
            (ThreadResolve(root, not resolved),),
            (ThreadResolve(root, resolved),),
            t("opening the thread again") if resolved else t("marking the thread solved"),
            t("The thread is open again; z undoes it.")
            if resolved
            else t("The thread is solved; z undoes it."),
        )

    def accept(self, talk: Talk, row: Row) -> None:
        """Say that a message answers the question of its thread, which is solved then; or that it
        does not."""
        assert talk.place is not None
        stream, root = talk.place.stream, talk.place.thread or row.thread
        why = self._why_not(stream, root, row)
        if root is None or why:
            self._screen.tell(why)
            return
        heading = self._screen.reader.heading(stream, root)
        taken = heading.answer == row.target
        bodies: list[Body] = [AcceptAnswer(root, None if taken else row.target)]
        back: list[Body] = [AcceptAnswer(root, heading.answer)]
        if heading.resolved is taken:
            bodies.append(ThreadResolve(root, not taken))
            back.append(ThreadResolve(root, taken))
        said = t("No answer is accepted any more, and the thread is open; z undoes it.")
        if not taken:
            name = fit(row.author, TITLE_CELLS)
            said = t(
                "The answer by {name} is accepted, and the thread is solved; z undoes it.",
                name=name,
            )
        self._do(stream, tuple(bodies), tuple(back), t("accepting"), said)

    def _why_not(self, stream: StreamId, root: TargetId | None, row: Row) -> str:
        reader = self._screen.reader
        if root is None or row.target == root:
            return t("An answer stands in a thread: Enter opens it, select the answer there.")
        question = reader.message(stream, root)
        if question is None:
            return t("What it answers is not on this device.")
        mine = question.account == reader.me and question.imported is None
        moderates = reader.role(reader.me) in MODERATES and not is_conversation(stream)
        if mine or moderates:
            return ""
        return t("Only whoever asked, or a moderator, can accept an answer.")

    def _do(
        self,
        stream: StreamId,
        bodies: tuple[Body, ...],
        back: tuple[Body, ...],
        what: str,
        said: str,
    ) -> None:
        """Say all of it, tell what was said, and keep what undoes it."""
        voice, compose = self._screen.voice, self._screen.engine.compose

        def saying(several: tuple[Body, ...]) -> Callable[[], Awaitable[object]]:
            async def say() -> None:
                for body in several:
                    await compose(stream, body)

            return say

        async def run() -> None:
            await saying(bodies)()
            voice.regret = Regret(what, saying(back)) if back else None
            self._screen.tell(said)

        attempt(self._screen, run())


def _root(row: Row) -> TargetId:
    """Under which message its thread is; any message may begin one."""
    return row.thread or row.target
