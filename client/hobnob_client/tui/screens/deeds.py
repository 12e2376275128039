"""What one does to a message or in a place, for the screen that shows it.

Each action of the table that a screen does not do itself is one method here; what it says to the
person stands beside what it does.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.tui.running import program, ran
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.screens.doing import Asked, Does, upon
from hobnob_client.tui.screens.letting_in import LettingIn
from hobnob_client.tui.screens.soon import soon
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.channel_list import ChannelList, Item
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import MODERATION
from hobnob_protocol.limits import REASON_TEXT_MAX
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

NAME_CELLS: Final = 32
"""So much of a name is told: what happens to it must be seen too."""
_EDITOR: Final = "vi"

_TOLD: Final = later(
    "The moderators of this hub will see the message, your reason and your name. Its author is not "
    "told who reported it."
)
_TOLD_UNSEALED: Final = later(
    "The moderators of this hub will see this one message, unsealed, your reason and your name. "
    "Its author is not told who reported it."
)


class Deeds:
    """The deeds of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._letting_in = LettingIn(screen)
        self.does: Does = {
            "write": self.write,
            "editor": lambda asked: self.write_outside(asked.talk),
            "open": upon(self.open),
            "reply": upon(self.reply),
            "edit": upon(self.edit),
            "delete": upon(self.delete),
            "confide": upon(self.confide),
            "copy": upon(self.copy),
            "retry": upon(self.retry),
            "report": upon(self.report),
            "hide": upon(self.hide),
            "block": upon(self.block),
            "undo": lambda _: self.undo(),
        }

    def write(self, asked: Asked) -> None:
        """Write in what is open; from the list that may be a room: one is asked where."""
        if isinstance(asked.pane, ChannelList) and self._screen.rooms.room is not None:
            self._screen.ways.write_somewhere()
        else:
            asked.talk.answer(None)

    def join(self, item: Item, *, to_write: bool = False) -> None:
        """Ask to be let into a channel, and go there once the hub answers."""
        if item.stream is not None:
            behind = t("{channel} (join)", channel="")
            label = _short(item.label.removesuffix(behind))
            self._letting_in.join(item.stream, label, to_write=to_write)

    def write_outside(self, talk: Talk) -> None:
        """Write in $EDITOR; what it leaves is put into the field, and not sent yet."""
        wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
        editor = program(wanted, _EDITOR)
        with telling(self._screen), tempfile.TemporaryDirectory(prefix="hobnob-") as folder:
            path, before = Path(folder) / "message.md", talk.composer.text
            path.write_text(before)
            path.chmod(0o600)
            with app_of(self._screen).suspend():
                ended = ran((*editor, str(path)))
            name = _short(term_safe.line(editor[0]))
            if not ended.started:
                self._warn(
                    t(
                        "{editor} could not be started: {why}. Set $EDITOR.",
                        editor=name,
                        why=ended.why,
                    )
                )
                return
            # Also of an editor that has failed: what was saved by then is nowhere else.
            written = path.read_text(errors="replace").rstrip("\n")
            if not ended.why or (path.stat().st_size and written != before.rstrip("\n")):
                talk.composer.put(written)
            if ended.why:
                self._warn(
                    t(
                        "{editor} has failed: {why}. What it saved is in the field; $EDITOR names "
                        "it.",
                        editor=name,
                        why=ended.why,
                    )
                )

    # Upon a message.

    def open(self, talk: Talk, row: Row) -> None:
        """Show the thread of a message, or from within go to what it answers."""
        assert talk.place is not None
        if talk is self._screen.thread:
            self._to_answered(talk, row)
            return
        self._screen.entering.open_thread(talk.place.stream, row.thread or row.target, row)
        self._screen.thread.timeline.focus()

    def _to_answered(self, talk: Talk, row: Row) -> None:
        """Within a thread: to what a message answers, at last the root."""
        assert talk.place is not None
        stream, reader = talk.place.stream, self._screen.reader
        shown = reader.message(stream, row.target)
        answered = (shown.reply if shown is not None else None) or talk.place.thread
        found = reader.message(stream, answered) if answered is not None else None
        if found is not None:
            talk.timeline.go_to(found.order)

    def reply(self, talk: Talk, row: Row) -> None:
        """Answer in the thread of the message, which begins with it if there is none."""
        assert talk.place is not None
        if talk is not self._screen.thread:
            self._screen.entering.open_thread(talk.place.stream, row.thread or row.target, row)
        thread = self._screen.thread
        thread.answer(row if row.target != (thread.place and thread.place.thread) else None)

    def edit(self, talk: Talk, row: Row) -> None:
        """Change one's own message."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is not None and shown.dead is None:
            talk.edit(row, shown.text)

    def delete(self, talk: Talk, row: Row) -> None:
        """Take back one's own message, unless that is undone in time."""
        assert talk.place is not None
        self._screen.voice.delete(talk.place.stream, row.target)
        soon(self._screen, row.target, t("Your message will be deleted for everybody"))

    def confide(self, talk: Talk, row: Row) -> None:
        """Write to its author, where only the two read it."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is None:
            return
        if not self._screen.reader.handle(shown.author):
            self._tell(
                t("{author} is not here, only what they have written.", author=_short(row.author))
            )
            return
        self._screen.write_to(self._screen.reader.owner(shown.author))

    def copy(self, talk: Talk, row: Row) -> None:
        """Put the text into the clipboard."""
        app_of(self._screen).copy_to_clipboard(row.text)
        self._tell(t("Copied."))

    async def retry(self, talk: Talk, row: Row) -> None:
        """Send a refused message once more."""
        for kept in self._screen.reader.tray():
            if self._screen.reader.name(kept) == row.target:
                await self._screen.voice.retry(kept.n)
                return

    async def report(self, talk: Talk, row: Row) -> None:
        """Tell the moderators, with a reason."""
        assert talk.place is not None
        stream = talk.place.stream
        reason = await self._reason(
            t("Report this message by {author}", author=_short(row.author)),
            t(_TOLD_UNSEALED if is_conversation(stream) else _TOLD),
        )
        if not reason:
            return
        try:
            self._screen.voice.report(MODERATION, stream, row.target, reason)
        except UsageError as refused:
            self._warn(t("Not reported: {refused}.", refused=refused))
        else:
            soon(self._screen, row.target, t("Your report will be sent"))

    async def hide(self, talk: Talk, row: Row) -> None:
        """For moderators: take it out of sight, or bring it back."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is None:
            return
        hidden = shown.hidden is not None
        reason = await self._reason(
            t("Show this message again")
            if hidden
            else t("Hide this message by {author}", author=_short(row.author)),
            t("Everybody but moderators and its author sees the reason instead of the text.")
            if not hidden
            else t("Everybody will see it again."),
        )
        if reason:
            await self._screen.voice.hide(talk.place.stream, row.target, not hidden, reason)
            self._tell(t("Done; z undoes it."))

    async def block(self, talk: Talk, row: Row) -> None:
        """Neither see nor hear of its author, on one's own devices only."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is None:
            return
        blocked = shown.account in self._screen.reader.kept().blocked
        await self._screen.voice.block(shown.account, not blocked)
        self._screen.refresh_talks()
        name = _short(row.author)
        if blocked:
            self._tell(t("{name} is heard again.", name=name))
        else:
            self._tell(t("{name} is blocked and not told so; z undoes it.", name=name))

    async def undo(self) -> None:
        """Undo what was done last."""
        done = await self._screen.voice.undo()
        self._tell(t("Undone: {done}.", done=done) if done else t("Nothing to undo."))
        # Who was about to leave the only channel there is stays in it.
        self._screen.entering.open_first()
        self._screen.refresh_talks()

    # Helping out.

    async def _reason(self, title: str, explanation: str) -> str | None:
        # Nobody waits at the start for what few open.
        from hobnob_client.tui.screens.line import LineScreen

        dialog = LineScreen(title, explanation, t("Reason"), text_max=REASON_TEXT_MAX)
        return await app_of(self._screen).push_screen_wait(dialog)

    def _tell(self, text: str) -> None:
        # What was told before is done with: after `z`, nothing may still say "z undoes it".
        self._screen.tell(text)

    def _warn(self, text: str) -> None:
        self._screen.notify(text, severity="warning", markup=False, timeout=10)


def _short(name: str) -> str:
    return fit(name, NAME_CELLS)
