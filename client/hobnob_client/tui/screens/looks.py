"""How the screen looks, changed from the first screen."""

from typing import TYPE_CHECKING

from hobnob_client.failures import Failure
from hobnob_client.tui.look import look_of
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.screens.settings import SettingsScreen

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Looks:
    """The look of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen

    @property
    def does(self) -> Does:
        """What its keys do."""
        return {"next_theme": simply(self._next_theme), "settings": simply(self._settings)}

    def _settings(self) -> None:
        app_of(self._screen).push_screen(SettingsScreen(look_of(self._screen)))

    def _next_theme(self) -> None:
        try:
            self._screen.tell(look_of(self._screen).next_theme())
        except (Failure, OSError) as failed:
            self._screen.tell(str(failed))
