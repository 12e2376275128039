"""Is somebody who they seem? The stop where they are not, and the number that two compare."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from hobnob_client import verifying
from hobnob_client.catalogue import t
from hobnob_client.failures import Failure
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.dialog import ask
from hobnob_protocol.ids import AccountId, StreamId, user_stream
from hobnob_protocol.kind import Body

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

NUMBER_TEXT_MAX: Final = 200
"""A number of sixty digits, however it is spaced."""


class Comparing:
    """Whom one has compared, and whom one meets instead, for one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._reader = screen.reader

    def stopped(self, accounts: Iterable[AccountId]) -> bool:
        """Stop where one of these has taken another's place; is it so?"""
        for account in accounts:
            stop = verifying.stop_for(self._reader, (account,))
            if stop:
                self.stop(stop, account)
                return True
        return False

    def stop(self, stop: str, account: AccountId, *, differs: bool = False) -> None:
        """Say so, above everything else: somebody took another's place, or their number
        `differs`."""
        # Nobody waits at the start for what few ever see.
        from hobnob_client.tui.screens.stop import DIFFERS, TAKEN, StopScreen

        def done(anew: bool | None) -> None:
            if anew:
                self.compare(account)

        ask(app_of(self._screen), StopScreen(stop, DIFFERS if differs else TAKEN), done)

    def compare(self, account: AccountId) -> None:
        """Show the number, and mark what comes of it."""
        # As above.
        from hobnob_client.tui.screens.compare import Answer, CompareScreen, called

        found = verifying.comparison(self._reader, account)
        own, who = user_stream(self._reader.me), called(found.handle)

        def mark(body: Body, told: str) -> None:
            attempt(self._screen, self._mark(own, body, told))

        def typed(number: str | None) -> None:
            if number is None:
                return
            try:
                mark(found.typed(number), t("{who} is verified.", who=who))
            except Failure:
                self.stop(found.differs, account, differs=True)

        def done(answer: Answer | None) -> None:
            if answer is Answer.SAME:
                mark(found.agreed(), t("{who} is verified.", who=who))
            elif answer is Answer.UNVERIFY:
                mark(found.withdrawn(), t("{who} counts as not verified.", who=who))
            elif answer is Answer.DIFFERS:
                self.stop(found.differs, account, differs=True)
            elif answer is Answer.TYPE:
                from hobnob_client.tui.screens.line import LineScreen

                dialog = LineScreen(
                    t("The number as {who} has it", who=who),
                    t("All sixty digits; spaces do not matter."),
                    t("Number"),
                    text_max=NUMBER_TEXT_MAX,
                    lacking=found.lacking,
                )
                ask(app_of(self._screen), dialog, typed)

        ask(app_of(self._screen), CompareScreen(found), done)

    async def _mark(self, own: StreamId, body: Body, told: str) -> None:
        await self._screen.engine.compose(own, body)
        self._screen.tell(told)
