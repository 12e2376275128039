"""The app: it opens the replica, shows the first screen, and lets go of everything at the end."""

import time
from datetime import datetime, tzinfo

from hobnob_client import term_safe
from hobnob_client.drafts import Drafts
from hobnob_client.engine import Engine
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.tui.safe_app import SafeApp
from hobnob_client.tui.screens.main import MainScreen


class HobnobApp(SafeApp):
    """One member's screen."""

    TITLE = "hobnob"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        profile: Profile,
        device: DeviceFile,
        *,
        connect: bool = True,
        dark: bool | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__(dark=dark)
        self._engine = Engine(profile, device, connect=connect)
        self._profile = profile
        self._hub = term_safe.line(device.host)
        self._zone = zone or datetime.now().astimezone().tzinfo
        self._main: MainScreen | None = None

    async def on_mount(self) -> None:
        """The replica is open before anything is drawn; the hub may come when it likes."""
        await self._engine.__aenter__()
        self._drafts = await Drafts.open(self._profile.directory / "drafts.db")
        assert self._zone is not None, "astimezone always gives one"
        self._main = MainScreen(
            self._engine,
            self._drafts,
            self._hub,
            zone=self._zone,
            today=datetime.now(self._zone).date(),
            now_ms=lambda: int(time.time() * 1_000),
        )
        await self.push_screen(self._main)

    def action_help_quit(self) -> None:
        """Ctrl+C copies where one writes; who meant to leave is told how."""
        self.notify("Ctrl+Q leaves; what you have written stays.", markup=False)

    async def on_unmount(self) -> None:
        """However it ends: keep what was written, say what was delayed, then close."""
        if self._main is not None:
            await self._main.keep_drafts()
            await self._main.voice.say_delayed()
            await self._drafts.close()
            await self._engine.__aexit__(None, None, None)


def run(profile: Profile, device: DeviceFile, *, connect: bool = True) -> int:
    """Show the screen until it is left; the exit code."""
    app = HobnobApp(profile, device, connect=connect)
    app.run()
    return app.return_code or 0
