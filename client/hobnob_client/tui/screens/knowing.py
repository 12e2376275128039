"""Looking closer: at who said something, and at a thread as a whole."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.recognition import asking, hiding, words
from hobnob_client.tui import titles
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.outline import outline
from hobnob_client.tui.rooms.person import Person, person
from hobnob_client.tui.rows import ThreadRows
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Asked, Does, upon
from hobnob_client.tui.screens.profile import Left, ProfileScreen
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, TargetId
from hobnob_protocol.questions import Badge

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

BADGES_MAX = 4
"""Badges of a profile, the newest; `hobnob badges` tells all, with what earned them."""
OUTLINE_MAX = 1_000
"""Messages of a thread that its outline shows: the newest of them."""


class Knowing:
    """What one screen looks closer at."""

    def __init__(self, screen: "MainScreen", contents: Contents) -> None:
        self._screen = screen
        self._contents = contents
        self._held: list[Badge] = []
        """The badges of whom one looked at last, the newest first."""
        self.does: Does = {"profile": self._profile, "outline": upon(self.outline)}

    # Who it is.

    def _profile(self, asked: Asked) -> None:
        """Of the author of the selected message; in the list, of whom a conversation is with."""
        screen = self._screen
        account = self._meant(asked)
        if account is None:
            screen.tell(t("Select a message, or a conversation with one member, first."))
            return
        self.show(account)

    def _meant(self, asked: Asked) -> AccountId | None:
        screen = self._screen
        if isinstance(asked.pane, ChannelList):
            item = asked.pane.item
            others = screen.talks.others(item.stream) if item is not None and item.stream else ()
            return others[0] if len(others) == 1 else None
        if asked.pane is screen.rooms.pane.entries:
            line = screen.rooms.line
            rooms = screen.rooms
            whose = None
            if line is not None:
                whose = rooms.boarding.whose(line) or rooms.requesting.whose(line)
            if whose is not None:
                return whose
            return self._author(line.stream, line.target) if line is not None else None
        row, place = asked.talk.timeline.row, asked.talk.place
        return None if row is None or place is None else self._author(place.stream, row.target)

    def _author(self, stream: StreamId | None, target: TargetId | None) -> AccountId | None:
        if stream is None or target is None:
            return None
        shown = self._screen.reader.message(stream, target)
        return None if shown is None else self._screen.reader.owner(shown.author)

    def show(self, account: AccountId, back: Callable[[], object] = lambda: None) -> None:
        """Who they are; `back` is what comes once one has seen that and does nothing more."""
        screen = self._screen

        def done(left: Left | None) -> None:
            if left is None:
                back()
            elif left.action == "fill_in":
                screen.acquainting.fill_in()
            elif left.action == "hide_badge":
                self._hide()
            elif left.action == "confide":
                screen.write_to(account)
            elif left.action == "compare":
                screen.comparing.compare(account)
            elif left.line is not None:
                screen.rooms.entries.go(left.line)

        def look() -> Person:
            with screen.reader.moment():
                return person(screen.reader, self._contents, account)

        if screen.channel.place is not None:
            screen.nearby.look(screen.channel.place.stream)
        is_online = partial(screen.engine.presence.is_here, account)
        profile = ProfileScreen(look, screen.zone, screen.today, is_online)
        ask(app_of(screen), profile, done)
        screen.run_worker(self._badges(profile, account))

    async def _badges(self, profile: ProfileScreen, account: AccountId) -> None:
        """What they have earned, as far as the hub tells it, the newest first."""
        asked = await asking.badges(self._screen.engine, account)
        if asked.answer is None:
            return
        badges = asked.answer.badges
        held = sorted((each for each in badges if each.tier), key=lambda each: -each.at_ms)
        self._held = held
        own = account == self._screen.reader.me
        hidden = hiding.hidden(self._screen.reader.profile(account)) if own else frozenset[str]()
        lines = [
            term_safe.line(words.earned(each))
            + (f" · {t('hidden')}" if each.rule in hidden else "")
            for each in held[:BADGES_MAX]
        ]
        beyond = len(held) - len(lines)
        if beyond:
            lines.append(t("… and {amount} more", amount=beyond))
        step = term_safe.line(words.next_step(badges))
        profile.badges([*lines, *([step] if step else [])])

    def _hide(self) -> None:
        """Choose which of one's own badges others see; then back to oneself."""
        # No screen waits at its start for what is seldom opened.
        from hobnob_client.tui.screens.hiding import HidingScreen

        screen = self._screen
        reader = screen.reader

        def hidden() -> frozenset[str]:
            return hiding.hidden(reader.profile(reader.me))

        async def turn(rule: str) -> None:
            body = hiding.hiding(reader.profile(reader.me), rule, on=rule not in hidden())
            await screen.engine.compose(PEOPLE, body)
            dialog.show()

        dialog = HidingScreen(self._held, hidden, lambda rule: attempt(screen, turn(rule)))
        ask(app_of(screen), dialog, lambda _: self.show(reader.me))

    # A thread as a whole.

    def outline(self, talk: Talk, row: Row) -> None:
        """Of the thread of the selected message: its days, who spoke, and the answer."""
        screen = self._screen
        assert talk.place is not None
        stream, root = talk.place.stream, talk.place.thread or row.thread or row.target
        rows = ThreadRows(screen.reader, stream, root, screen.why_waits).older(None, OUTLINE_MAX)
        if len(rows) < 2:
            screen.tell(t("Nobody has answered here yet: there is nothing to outline."))
            return
        by_name = {each.target: each for each in rows}

        def done(name: bytes | None) -> None:
            found = by_name.get(TargetId(name)) if name is not None else None
            if found is None:
                return
            if screen.thread.place is None or screen.thread.place.thread != root:
                screen.entering.open_thread(stream, root, found)
            screen.thread.timeline.go_to(found.order)
            screen.thread.timeline.focus()

        heading = titles.of_thread(screen.reader, stream, root)
        entries = outline(rows, screen.zone, screen.today)
        from hobnob_client.tui.screens.outline import OutlineScreen

        ask(app_of(screen), OutlineScreen(heading.name, entries, row.target), done)
