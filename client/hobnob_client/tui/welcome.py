"""The app of the first start: three ways, and the one that is gone."""

import os
import sys
from typing import Final

from textual.binding import Binding

from hobnob_client.catalogue import chosen, later, speak, t
from hobnob_client.config import Loaded
from hobnob_client.paths import Profile
from hobnob_client.tui.ground import is_dark_here
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.look import Look
from hobnob_client.tui.safe_app import SafeApp
from hobnob_client.tui.screens.welcome import Joined, Linking, Tour, Way, WelcomeScreen

__all__ = ("AFTER_THE_TOUR", "NOT_LINKED", "Joined", "Linking", "Tour", "Way", "WelcomeApp", "run")

AFTER_THE_TOUR: Final = later("That was the demo; nothing of it is left. A hub of your own?")
NOT_LINKED: Final = later("This device was not linked; nothing has changed.")


class WelcomeApp(SafeApp):
    """Ends with the way that was gone, None for none."""

    TITLE = "hobnob"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, profile: Profile, loaded: Loaded, said: str = "", *, dark: bool = True
    ) -> None:
        """`said` is of the way before, as the catalogue has it."""
        super().__init__(dark=dark, settings=loaded.settings)
        self._profile = profile
        self._said = said
        self.way: Way | None = None
        self.look = Look(self, loaded, os.environ, dark=dark)
        self.look.apply()

    async def on_mount(self) -> None:
        """The three ways."""
        await self.push_screen(WelcomeScreen(self._profile, self._said, self._go))

    def _go(self, way: Way | None) -> None:
        self.way = way
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C ends a program in a shell; who meant to leave is told how."""
        self.notify(t("{key} leaves hobnob.", key=key_name("ctrl+q")), markup=False)

    def get_key_display(self, binding: Binding) -> str:
        """How the footer calls a key."""
        return key_name(binding.key)


def run(profile: Profile, loaded: Loaded, said: str = "") -> Way | None:
    """Welcome somebody; the way that was gone."""
    speak(chosen(os.environ, loaded.settings.language))
    dark = is_dark_here(os.environ, sys.stdin.fileno(), sys.stdout.fileno())
    app = WelcomeApp(profile, loaded, said, dark=dark)
    app.run(mouse=loaded.settings.mouse)
    return app.way
