"""Reactions on the first screen: picked, joined in, thanks."""

from collections import deque
from typing import TYPE_CHECKING, Final

from hobnob_client import acting, term_safe
from hobnob_client.catalogue import t
from hobnob_client.tui import rows
from hobnob_client.tui.composing.emoji import THANKS
from hobnob_client.tui.composing.picking import Given
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, Doing, upon
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.limits import THANKS_TEXT_MAX
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

RECENT_MAX: Final = 8
LOOKED_THROUGH: Final = 40
"""So many of the newest messages tell which reactions one gives."""
NAME_CELLS: Final = 24


class Reacting:
    """The reactions of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._recent: deque[str] = deque(maxlen=RECENT_MAX)
        self.does: Does = {
            "react": upon(self.pick),
            "join_in": upon(self.join_in),
            "thank": upon(self.thank),
        }

    def pick(self, talk: Talk, row: Row) -> None:
        """Choose one, and give it or take it back."""
        assert talk.place is not None
        stream = talk.place.stream
        title = t("React to {name}", name=fit(row.author, NAME_CELLS))
        given, thanks = self._given(stream, row), self._thanks(stream, row)
        from hobnob_client.tui.screens.reactions import ReactionScreen

        dialog = ReactionScreen(title, given, self._lately(stream), thanks)

        def done(emoji: str | None) -> None:
            if emoji is not None:
                self._used(emoji)
                self._screen.run_worker(self._screen.voice.react(stream, row, emoji))

        ask(app_of(self._screen), dialog, done)

    async def join_in(self, talk: Talk, row: Row) -> None:
        """Give the first reaction that is there, or take it back."""
        assert talk.place is not None
        stream = talk.place.stream
        there = self._screen.reader.reactions(stream, row.target)
        if not there:
            self._screen.tell(t("No reaction is there yet: + gives one."))
            return
        await self._screen.voice.react(stream, row, there[0].emoji)

    def thank(self, talk: Talk, row: Row, reason: str = "") -> Doing | None:
        """Thank its author, where everybody sees it, or take that back; what for is asked, unless
        it is told."""
        assert talk.place is not None
        stream = talk.place.stream
        name = fit(row.author, NAME_CELLS)
        if row.mine:
            self._screen.tell(t("Thanks are for others; this message is yours."))
            return None
        if is_conversation(stream):
            return self._thank_in_private(stream, row, name)
        if row.thanked and not reason:
            return self._thank_no_more(stream, row, name)
        if reason:
            return self._thanked(stream, row, name, reason)
        from hobnob_client.tui.screens.line import LineScreen

        dialog = LineScreen(
            t("Thank {name}", name=name),
            t("Everybody in the channel sees it, with what you say."),
            t("What for (may be left out)"),
            text_max=THANKS_TEXT_MAX,
            needed=False,
        )

        def done(said: str | None) -> None:
            if said is not None:
                self._screen.run_worker(self._thanked(stream, row, name, said))

        ask(app_of(self._screen), dialog, done)
        return None

    async def _thanked(self, stream: StreamId, row: Row, name: str, reason: str) -> None:
        message = self._screen.reader.message(stream, row.target)
        if message is None:
            return
        with telling(self._screen):
            body = acting.thank(self._screen.reader, stream, message, reason)
            await self._screen.voice.thank(stream, body)
            self._screen.tell(t("You thanked {name}; t takes it back.", name=name))

    async def _thank_no_more(self, stream: StreamId, row: Row, name: str) -> None:
        await self._screen.voice.thank(stream, Thanks(row.target, on=False))
        self._screen.tell(t("Your thanks to {name} are taken back.", name=name))

    async def _thank_in_private(self, stream: StreamId, row: Row, name: str) -> None:
        """Between few, a reaction says it."""
        given = await self._screen.voice.react(stream, row, THANKS)
        said = t("Your thanks to {name} are taken back.", name=name)
        if given:
            said = t("You thanked {name}; t takes it back.", name=name)
        self._screen.tell(said)

    def _given(self, stream: StreamId, row: Row) -> list[Given]:
        reader = self._screen.reader
        return [
            Given(
                each.emoji,
                tuple(
                    t("you") if account == reader.me else rows.author(reader, account).name
                    for account in each.accounts
                ),
                each.mine,
            )
            for each in reader.reactions(stream, row.target)
            # What is no emoji that can be drawn as it is may be taken back by its key alone.
            if term_safe.line(each.emoji) == each.emoji
        ]

    def _thanks(self, stream: StreamId, row: Row) -> list[str]:
        """Who has thanked for it, and what for, the newest first."""
        reader = self._screen.reader
        found: list[str] = []
        for each in reversed(reader.heard_thanks(stream, row.target)):
            mine = each.account == reader.me
            who = t("you") if mine else rows.author(reader, each.account).name
            said = f"♥ {who}: {term_safe.line(each.reason)}" if each.reason else f"♥ {who}"
            found.append(said)
        return found

    def _lately(self, stream: StreamId) -> tuple[str, ...]:
        """What one gave last, as far as this run or the newest messages here tell."""
        if not self._recent:
            messages = self._screen.reader.before(stream, None, LOOKED_THROUGH).messages
            for message in messages:
                for each in self._screen.reader.reactions(stream, message.target):
                    if each.mine and term_safe.line(each.emoji) == each.emoji:
                        self._used(each.emoji)
        return tuple(self._recent)

    def _used(self, emoji: str) -> None:
        if emoji in self._recent:
            self._recent.remove(emoji)
        self._recent.appendleft(emoji)
