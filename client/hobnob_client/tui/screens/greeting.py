"""A newcomer's questions on the first screen: opened after joining, and again from Home; and the
buddy whom they asked for."""

import time
from typing import TYPE_CHECKING, Final

from hobnob_client.care.beginning import Beginning
from hobnob_client.catalogue import t
from hobnob_client.onboarding import kept
from hobnob_client.onboarding.kept import Kept
from hobnob_client.onboarding.welcome import Welcome
from hobnob_client.progress import LinkState
from hobnob_client.time_of_day import now_ms
from hobnob_client.tui.rows import author
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.screens.finding import found

if TYPE_CHECKING:
    from hobnob_client.onboarding.plan import Answers, Plan
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.questions import Left

BUDDY_SECONDS: Final = 600.0
"""How it stands with a buddy is asked of the hub at most so often."""


class Greeting:
    """Of one screen; `greets` whoever has joined just now, once."""

    def __init__(self, screen: "MainScreen", *, greets: bool) -> None:
        self._screen = screen
        self.greets = greets
        """One is asked who one is as soon as somebody is known to be new."""
        self._looked = -BUDDY_SECONDS
        self._file: bytes | None = None
        """The questions of the hub; None before it was asked for them."""
        self.does: Does = {"welcome": simply(self.begin)}

    def greet(self, found: Beginning, known: Kept) -> None:
        """Somebody is known by now to be new: ask them, where nothing else is open; and look how it
        stands with their buddy."""
        screen = self._screen
        online = screen.engine.link is LinkState.ONLINE
        if found.questions and self._file is None and online:
            self._file = b""
            attempt(screen, self._learn())
        elif self.greets and found.questions and app_of(screen).screen is screen:
            self.greets = False
            self.begin()
        passed = time.monotonic() - self._looked
        if known.wants_buddy and online and passed >= BUDDY_SECONDS:
            self._looked = time.monotonic()
            attempt(screen, self._guide(known))

    async def _learn(self) -> None:
        """What the hub has newcomers asked."""
        from hobnob_client.onboarding.learning import learn

        self._file = await learn(self._screen.engine)
        # Something may have been answered meanwhile.
        known = kept.from_bytes((await self._screen.engine.notes()).get(kept.NOTE, b""))
        self._screen.rooms.caring.welcome(Welcome(known, file=self._file))

    def begin(self) -> None:
        """Ask what is left, or all anew where nothing is."""
        attempt(self._screen, self._ask())

    async def _ask(self) -> None:
        # No screen waits at its start for what is seldom opened; the same below.
        from hobnob_client.onboarding.learning import learn
        from hobnob_client.onboarding.plan import asked
        from hobnob_client.onboarding.questions import those_of
        from hobnob_client.onboarding.walk import Walk
        from hobnob_client.tui.screens.questions import QuestionsScreen

        screen = self._screen
        notes = await screen.engine.notes()
        world = await found(screen, lambda beside: beside.ask(lambda finder: finder.world()))
        if world is None:
            return
        self._file = await learn(screen.engine)
        questions = asked(those_of(self._file), world)
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

    async def _take(self, answers: "Answers", plan: "Plan | None") -> None:
        from hobnob_client.onboarding import doing

        screen = self._screen
        if plan is None:
            await doing.remember(screen.engine, answers)
            screen.tell(t("Kept: Home and the palette ask what is left."))
        else:
            await doing.do(screen.engine, answers, plan)
            screen.tell(t("Done: Home shows what to begin with."))
        known = kept.from_bytes((await screen.engine.notes()).get(kept.NOTE, b""))
        self._looked = -BUDDY_SECONDS
        screen.rooms.caring.welcome(Welcome(known, file=self._file or b""))
        screen.show_list()

    async def _guide(self, known: Kept) -> None:
        """Ask for a buddy, or how it stands."""
        from hobnob_client.onboarding import guiding

        screen, at_ms = self._screen, now_ms()
        buddies = await found(
            screen, lambda beside: beside.ask(lambda finder: finder.buddies(at_ms))
        )
        if buddies is None:
            return
        before, _ = await guiding.standing(screen.engine)
        guide = await guiding.go_on(screen.engine, buddies, known.topics)
        if guide.is_there and guide.person is not None and guide.person != before.person:
            name = author(screen.reader, guide.person).name
            screen.tell(t("{name} was asked to show you around.", name=f"@{name}"))
        file = self._file or b""
        screen.rooms.caring.welcome(Welcome(known, guide=guide, buddies=buddies, file=file))
