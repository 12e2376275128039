"""Finding somebody to talk to, from the first screen and back to it."""

from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, simply

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.proposing import Proposing

NEED_TEXT_MAX: Final = 400
"""Letters of a need: who says more is not understood better."""


class Matching:
    """The wizard of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._need = ""
        self._proposing: Proposing | None = None
        self.does: Does = {"match": simply(self.begin)}

    def begin(self) -> None:
        """Ask what is needed; what was said last stands there."""
        # Nobody waits at the start for what few open.
        from hobnob_client.tui.screens.line import LineScreen

        dialog = LineScreen(
            t("Who should I talk to?"),
            t(
                "Say what you need, in your words: at most five small questions lead to three "
                "people who agree to be proposed. It is worked out on this device, and nobody is "
                "told what you need."
            ),
            t("what you need"),
            text_max=NEED_TEXT_MAX,
            value=self._need,
        )
        ask(app_of(self._screen), dialog, self._needed)

    def back(self) -> bool:
        """From a post back to the people it speaks for; False where one is elsewhere by now."""
        return self._proposing is not None and self._proposing.back()

    def _needed(self, need: str | None) -> None:
        if need is None:
            return
        # What ranks people takes its time to be loaded, and no screen waits for it at its start.
        from hobnob_client.tui.screens.proposing import Proposing

        self._need = need
        self._proposing = self._proposing or Proposing(self._screen, self.begin)
        self._proposing.begin(need)
