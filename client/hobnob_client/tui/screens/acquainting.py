"""Getting acquainted, from the first screen: people one may find, and what one says of oneself."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Asked, Does, Doing, simply
from hobnob_client.tui.screens.finding import found
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField

if TYPE_CHECKING:
    from hobnob_client.tui.screens.filling import Then
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.people import Left, Looked, PeopleScreen


class Acquainting:
    """Of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._turn = asyncio.Lock()
        """What is said of oneself is said in the order in which it was changed."""
        self.does: Does = {"people": self._people, "fill_in": simply(self.fill_in)}

    # What one says of oneself.

    def fill_in(self) -> None:
        """Show it to be changed; every change goes to the outbox at once."""
        # No screen waits at its start for what is seldom opened; the same below.
        from hobnob_client.tui.screens.filling import FillingScreen

        reader = self._screen.reader

        def keep(name: str, value: str | None, then: "Then") -> None:
            self._screen.run_worker(self._say(ProfileField(name, value), then))

        def agree(purpose: str, on: bool, then: "Then") -> None:
            self._screen.run_worker(self._say(Consent(purpose, on), then))

        said = dict(reader.profile(reader.me).fields)
        dialog = FillingScreen(said, reader.consents(reader.me), keep, agree)
        ask(app_of(self._screen), dialog, lambda _: None)

    async def _say(self, body: Body, then: "Then") -> None:
        done = False
        async with self._turn:
            with telling(self._screen):
                await self._screen.engine.compose(PEOPLE, body)
                done = True
        then(done)

    async def finish(self) -> None:
        """On the way out: all that was changed is in the outbox."""
        async with self._turn:
            return

    # Whom one may find.

    def _people(self, asked: Asked) -> Doing:
        return self._look(self._show(None))

    async def _look(self, dialog: "PeopleScreen", *, again: bool = False) -> None:
        """All of them, worked out beside the screen; `again` where some are shown."""
        directory = await found(
            self._screen, lambda beside: beside.ask(lambda finder: finder.directory())
        )
        if dialog not in app_of(self._screen).screen_stack:
            return
        if directory is not None:
            dialog.begin(directory)
        elif not again:
            dialog.dismiss(None)

    def _show(self, looked: "Looked | None") -> "PeopleScreen":
        from hobnob_client.tui.screens.people import PeopleScreen

        screen = self._screen

        def again() -> None:
            screen.run_worker(self._look(dialog, again=True))

        dialog = PeopleScreen(looked, screen.zone, datetime.now(UTC), again)
        ask(app_of(screen), dialog, self._left)
        return dialog

    def _left(self, left: "Left | None") -> None:
        if left is None:
            return
        screen, looked = self._screen, left.looked
        if left.action == "match":
            screen.matching.begin()
        elif left.action == "fill_in":
            self.fill_in()
        elif looked is None or looked.person is None:
            return
        elif left.action == "confide":
            screen.write_to(looked.person)
        else:
            screen.rooms.knowing.show(looked.person, lambda: self._show(looked))
