"""What one does to a message or in a place, for the screen that shows it.

Each action of the table that a screen does not do itself is one method here; what it says to the
person stands beside what it does.
"""

import asyncio
import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.reason import ReasonScreen
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.voice import REGRET_SECONDS
from hobnob_client.tui.widgets.channel_list import ChannelList, Item
from hobnob_client.tui.widgets.talk import Saying, Talk, joined
from hobnob_protocol.errors import OutboxFull, UsageError
from hobnob_protocol.ids import MODERATION
from hobnob_protocol.kinds.membership import Join

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

NAME_CELLS: Final = 32
"""So much of a name is told: what happens to it must be seen too."""

Doing = Coroutine[None, None, None]
"""What takes a while, as what asks a question or goes to the disk."""
Deed = Callable[[Talk, Row], Doing | None]


class Deeds:
    """The deeds of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._saying: set[asyncio.Task[None]] = set()
        self._upon: Final[dict[str, Deed]] = {
            "open": self.open,
            "reply": self.reply,
            "react": self.react,
            "edit": self.edit,
            "delete": self.delete,
            "copy": self.copy,
            "retry": self.retry,
            "report": self.report,
            "hide": self.hide,
            "block": self.block,
        }

    def do(self, action: str, talk: Talk, pane: object) -> Doing | None:
        """Do what was asked for in a pane: at once what leads elsewhere, for the next key belongs
        there; the rest is returned."""
        upon = self._upon.get(action)
        row = talk.timeline.row
        if upon is not None:
            return upon(talk, row) if row is not None and talk.place is not None else None
        if action == "mute":
            item = pane.item if isinstance(pane, ChannelList) else None
            return self.mute(item) if item is not None else None
        if action == "undo":
            return self.undo()
        if action == "send":
            self.say(talk)
        elif action == "write":
            talk.answer(None)
        elif action == "edit_last":
            self.edit_last(talk)
        elif action == "editor":
            self.write_outside(talk)
        return None

    # Saying.

    def say(self, talk: Talk) -> None:
        """Send the text of a composer: a new message, an answer, or a change."""
        saying = talk.take()
        if saying is not None:
            # No worker of the screen: what was said is not given up when that is left.
            task = asyncio.create_task(self._said(talk, saying))
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)

    async def finish(self) -> None:
        """Wait until all that was said is in the outbox, or back with its author."""
        await asyncio.gather(*self._saying)

    async def _said(self, talk: Talk, saying: Saying) -> None:
        voice, place = self._screen.voice, saying.place
        try:
            if saying.editing is not None:
                await voice.edit(place.stream, saying.editing.target, saying.text)
            else:
                answered = saying.answering.target if saying.answering is not None else None
                await voice.say(place, saying.text, answered)
        except OutboxFull:
            await self._give_back(talk, saying)
            self._warn("Your outbox is full: the hub must be reached first. Your text stays here.")
        except UsageError as refused:
            await self._give_back(talk, saying)
            self._warn(f"This cannot be said here: {refused}. Your text stays here.")
        if talk.is_running:
            self._screen.keep_draft(talk)

    async def _give_back(self, talk: Talk, saying: Saying) -> None:
        if talk.place == saying.place and talk.is_running:
            talk.give_back(saying)
        else:
            kept = joined(saying.text, self._screen.draft(saying.place))
            await self._screen.keep(saying.place, kept)

    async def join(self, item: Item) -> None:
        """Ask to be let into a channel; the hub answers with the grant."""
        if item.stream is not None:
            await self._screen.engine.compose(item.stream, Join())
            self._tell(f"Joining {_short(item.label.removesuffix(' (join)'))}.")

    def edit_last(self, talk: Talk) -> None:
        """Change what one said last in this place, if it is near."""
        found = talk.timeline.window.last()
        while found is not None:
            row = talk.timeline.window.row(found)
            if row is not None and row.mine and not row.note:
                self.edit(talk, row)
                return
            found = talk.timeline.window.before(found)
            if row is not None and talk.timeline.window.begins:
                break

    def write_outside(self, talk: Talk) -> None:
        """Write in $EDITOR; what it leaves is put into the field, and not sent yet."""
        editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        with tempfile.TemporaryDirectory(prefix="hobnob-") as folder:
            path = Path(folder) / "message.md"
            path.write_text(talk.composer.text)
            path.chmod(0o600)
            try:
                with app_of(self._screen).suspend():
                    subprocess.run([*editor, str(path)], check=False)
            except OSError as failed:
                self._warn(f"{editor[0]} could not be started: {failed.strerror}. Set $EDITOR.")
                return
            talk.composer.put(path.read_text(errors="replace").rstrip("\n"))

    # Upon a message.

    def open(self, talk: Talk, row: Row) -> None:
        """Show the thread of a message, or from within go to what it answers."""
        assert talk.place is not None
        if talk is self._screen.thread:
            return
        self._screen.open_thread(talk.place.stream, row.thread or row.target, row)
        self._screen.thread.timeline.focus()

    def reply(self, talk: Talk, row: Row) -> None:
        """Answer in the thread of the message, which begins with it if there is none."""
        assert talk.place is not None
        if talk is not self._screen.thread:
            self._screen.open_thread(talk.place.stream, row.thread or row.target, row)
        thread = self._screen.thread
        thread.answer(row if row.target != (thread.place and thread.place.thread) else None)

    async def react(self, talk: Talk, row: Row) -> None:
        """Give or take back a thumbs-up."""
        assert talk.place is not None
        await self._screen.voice.react(talk.place.stream, row)

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
        self._soon(row, "Your message will be deleted for everybody")

    def copy(self, talk: Talk, row: Row) -> None:
        """Put the text into the clipboard."""
        app_of(self._screen).copy_to_clipboard(row.text)
        self._tell("Copied.")

    async def retry(self, talk: Talk, row: Row) -> None:
        """Send a refused message once more."""
        for kept in self._screen.reader.tray():
            if kept.event_id[:16] == row.target:
                await self._screen.voice.retry(kept.n)
                return

    async def report(self, talk: Talk, row: Row) -> None:
        """Tell the moderators, with a reason."""
        assert talk.place is not None
        reason = await self._reason(
            f"Report this message by {_short(row.author)}",
            "The moderators of this hub will see the message, your reason and your name. "
            "Its author is not told who reported it.",
        )
        if reason:
            self._screen.voice.report(MODERATION, talk.place.stream, row.target, reason)
            self._soon(row, "Your report will be sent")

    async def hide(self, talk: Talk, row: Row) -> None:
        """For moderators: take it out of sight, or bring it back."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is None:
            return
        hidden = shown.hidden is not None
        reason = await self._reason(
            "Show this message again" if hidden else f"Hide this message by {_short(row.author)}",
            "Everybody but moderators and its author sees the reason instead of the text."
            if not hidden
            else "Everybody will see it again.",
        )
        if reason:
            await self._screen.voice.hide(talk.place.stream, row.target, not hidden, reason)
            self._tell("Done; z undoes it.")

    async def block(self, talk: Talk, row: Row) -> None:
        """Neither see nor hear of its author, on one's own devices only."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is None:
            return
        blocked = shown.account in self._screen.reader.kept().blocked
        await self._screen.voice.block(shown.account, not blocked)
        self._screen.refresh_talks()
        said = "is heard again" if blocked else "is blocked and not told so; z undoes it"
        self._tell(f"{_short(row.author)} {said}.")

    async def mute(self, item: Item) -> None:
        """Be told no more of a channel, or again."""
        if item.stream is not None:
            # Not what the list shows: it may be a moment behind.
            muted = item.stream in self._screen.reader.kept().muted
            await self._screen.voice.mute(item.stream, not muted)
            said = "heard again" if muted else "muted; m undoes it"
            self._tell(f"{_short(item.label)} is {said}.")

    async def undo(self) -> None:
        """Undo what was done last."""
        done = await self._screen.voice.undo()
        self._tell(f"Undone: {done}." if done else "Nothing to undo.")
        self._screen.refresh_talks()

    # Helping out.

    def _soon(self, row: Row, what: str) -> None:
        voice = self._screen.voice

        def say() -> None:
            self._screen.run_worker(voice.say_delayed(row.target))

        self._screen.set_timer(REGRET_SECONDS, say)
        self._tell(f"{what} in {REGRET_SECONDS:.0f} seconds; z undoes it.")

    async def _reason(self, title: str, explanation: str) -> str | None:
        return await app_of(self._screen).push_screen_wait(ReasonScreen(title, explanation))

    def _tell(self, text: str) -> None:
        # What was told before is done with: after `z`, nothing may still say "z undoes it".
        self._screen.tell(text)

    def _warn(self, text: str) -> None:
        self._screen.notify(text, severity="warning", markup=False, timeout=10)


def _short(name: str) -> str:
    return fit(name, NAME_CELLS)
