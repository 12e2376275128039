"""Who asks for help, and who has agreed to, is told as a message of theirs would be: by the same
rule, once, and not of what is before the eyes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from hobnob_client import time_of_day
from hobnob_client.attention.rule import How, Moment, Said, weigh
from hobnob_client.catalogue import t
from hobnob_client.tui.notifying.manners import Notice
from hobnob_client.tui.notifying.notifying import FRESH_MS
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.requests import Entry
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rooms.seen import Seen
from hobnob_client.tui.safe_app import app_of

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

NOTE: Final = "requests:told"
"""Under which name this profile keeps of which requests one was told."""
NOTE_MS: Final = 60_000
"""So long the note of a request is waited for."""


class Announcing:
    """Tells one member of requests."""

    def __init__(self, screen: "MainScreen", contents: Contents) -> None:
        self._screen = screen
        self._contents = contents
        self._told = Seen()

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """Of which one was told."""
        self._told = Seen(notes.get(NOTE, b"") + bytes(self._told))

    async def announce(self, found: Sequence[Entry]) -> None:
        """Tell of those that are new."""
        for each in found:
            if each.name not in self._told and self._is_news(each):
                await self._weigh(each)

    @staticmethod
    def _is_news(each: Entry) -> bool:
        wanted = None if each.request is None else (each.request.mine, each.request.state)
        return wanted in ((False, "asked"), (True, "accepted"))

    async def _weigh(self, each: Entry) -> None:
        request = each.request
        assert request is not None, "the hub has told of it"
        reader, now_ms = self._screen.reader, time_of_day.now_ms()
        at_ms = request.accepted_ms if request.mine else request.at_ms
        if not (request.mine or reader.between(request.account).request):
            # Of who is no stranger the note itself is told.
            await self._mark(each)
            return
        if not request.mine and each.line.target is None and now_ms - at_ms < NOTE_MS:
            return
        said = Said(
            reader.stream_with(request.account),
            each.name,
            at_ms,
            each.line.text if not request.mine else "",
            private=True,
        )
        late = now_ms - at_ms > FRESH_MS
        moment = Moment(now_ms, self._screen.zone, seen=self._is_seen, late=late)
        how = weigh(said, reader.wishes(), moment).how
        if how is How.HOLD:
            return
        if how is How.PING or (how is How.SUM and not request.mine):
            # First of all: whatever comes, nothing is told twice.
            await self._mark(each)
            if not self._screen.notifying.tell(self._notice(each)):
                self._told.drop((each.name,))
            return
        await self._mark(each)

    @property
    def _is_seen(self) -> bool:
        """Does one look at where it stands?"""
        app, room = app_of(self._screen), self._screen.rooms.room
        shown = app.app_focus and app.screen is self._screen
        return shown and room in (Room.HOME, Room.REQUESTS)

    def _notice(self, each: Entry) -> Notice:
        name = f"@{self._contents.who(each.person)}"
        if each.request is not None and each.request.mine:
            return Notice(t("{name} helps you", name=name), t("Write to them when you meet."))
        text = each.line.text if self._screen.notifying.may_preview else ""
        return Notice(t("{name} asks you for help", name=name), text or each.side)

    async def _mark(self, each: Entry) -> None:
        self._told.add((each.name,))
        await self._screen.engine.note(NOTE, bytes(self._told))
