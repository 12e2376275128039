"""Polls on the first screen: asked, voted in, closed."""

from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.tui import titles
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.asking import AskScreen
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, simply, upon
from hobnob_client.tui.screens.soon import soon
from hobnob_client.tui.screens.vote import VoteScreen
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.kinds.polls import Poll
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

_MAY_CLOSE: Final = ("owner", "admin", "moderator")
"""Who closes what somebody else has asked."""


class Polls:
    """The polls of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self.does: Does = {
            "poll": simply(self.ask),
            "vote": upon(self.vote),
            "close_poll": upon(self.close),
        }

    def ask(self, question: str = "") -> None:
        """Ask all in the channel that is open; the `question` is as if typed."""
        place = self._screen.channel.place
        if place is None or is_conversation(place.stream):
            self._screen.tell(t("A poll is for a channel: open one first."))
            return
        stream = place.stream

        def done(poll: Poll | None) -> None:
            if poll is not None:
                self._screen.run_worker(self._screen.engine.compose(stream, poll))
                self._screen.channel.timeline.to_end()

        name = titles.of_channel(self._screen.reader, stream).name
        ask(app_of(self._screen), AskScreen(name, question), done)

    async def vote(self, talk: Talk, row: Row) -> None:
        """Choose in a poll, and give the vote or take it back."""
        assert talk.place is not None
        assert row.ballot is not None, "offered for polls only"
        stream = talk.place.stream
        dialog = VoteScreen(row.text.replace("\n", " "), row.ballot)
        choices = await app_of(self._screen).push_screen_wait(dialog)
        if choices is None or choices == row.ballot.mine:
            return
        await self._screen.voice.vote(stream, row, choices)
        told = t("Your vote is given; z undoes it.") if choices else t("Your vote is taken back.")
        self._screen.tell(told)

    def close(self, talk: Talk, row: Row) -> None:
        """Let a poll take no more votes, unless that is undone in time."""
        assert talk.place is not None
        reader = self._screen.reader
        if not row.mine and reader.role(reader.me) not in _MAY_CLOSE:
            self._screen.tell(t("Only whoever asked, or a moderator, can close it."))
            return
        self._screen.voice.close(talk.place.stream, row.target)
        soon(self._screen, row.target, t("The poll closes for good"))
