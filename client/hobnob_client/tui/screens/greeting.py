"""A newcomer's questions on the first screen: opened after joining, and again from Home."""

from typing import TYPE_CHECKING

from hobnob_client.care.begin_source import Welcome
from hobnob_client.care.beginning import Beginning
from hobnob_client.catalogue import t
from hobnob_client.onboarding import doing, kept
from hobnob_client.onboarding.plan import Answers, Plan, asked
from hobnob_client.onboarding.questions import shipped
from hobnob_client.onboarding.walk import Walk
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.screens.finding import found

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.questions import Left


class Greeting:
    """Of one screen; `greets` whoever has joined just now, once."""

    def __init__(self, screen: "MainScreen", *, greets: bool) -> None:
        self._screen = screen
        self._greets = greets
        self.does: Does = {"welcome": simply(self.begin)}

    def greet(self, found: Beginning) -> None:
        """Somebody is known by now to be new: ask them, where nothing else is open."""
        if self._greets and found.questions and app_of(self._screen).screen is self._screen:
            self._greets = False
            self.begin()

    def begin(self) -> None:
        """Ask what is left, or all anew where nothing is."""
        attempt(self._screen, self._ask())

    async def _ask(self) -> None:
        # No screen waits at its start for what is seldom opened.
        from hobnob_client.tui.screens.questions import QuestionsScreen

        screen = self._screen
        notes = await screen.engine.notes()
        world = await found(screen, lambda beside: beside.ask(lambda finder: finder.world()))
        if world is None:
            return
        questions = asked(shipped(), world)
        if not questions:
            screen.tell(t("There is nothing to ask you: you have said it all."))
            return
        before = kept.from_bytes(notes.get(kept.NOTE, b""))
        walk = Walk.resumed(questions, {} if before.done else before.answers)
        dialog = QuestionsScreen(walk, world, screen.reader.hub_name())
        ask(app_of(screen), dialog, self._left)

    def _left(self, left: "Left | None") -> None:
        if left is not None:
            attempt(self._screen, self._take(left.answers, left.plan))

    async def _take(self, answers: Answers, plan: Plan | None) -> None:
        screen = self._screen
        if plan is None:
            await doing.remember(screen.engine, answers)
            screen.tell(t("Kept: Home and the palette ask what is left."))
        else:
            await doing.do(screen.engine, answers, plan)
            screen.tell(t("Done: Home shows what to begin with."))
        notes = await screen.engine.notes()
        known = kept.from_bytes(notes.get(kept.NOTE, b""))
        screen.rooms.caring.welcome(Welcome(known, shipped()))
        screen.show_list()
