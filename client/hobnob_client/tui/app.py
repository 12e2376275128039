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
        self._drafts = Drafts(profile.directory / "drafts.db")
        self._hub = term_safe.line(device.host)
        self._zone = zone or datetime.now().astimezone().tzinfo
        self._opened = False

    async def on_mount(self) -> None:
        """The replica is open before anything is drawn; the hub may come when it likes."""
        await self._engine.__aenter__()
        self._opened = True
        assert self._zone is not None, "astimezone always gives one"
        main = MainScreen(
            self._engine,
            self._drafts,
            self._hub,
            zone=self._zone,
            today=datetime.now(self._zone).date(),
            now_ms=lambda: int(time.time() * 1_000),
        )
        await self.push_screen(main)

    async def on_unmount(self) -> None:
        """Say what was delayed and how far was read, then close."""
        if self._opened:
            main = next((each for each in self.screen_stack if isinstance(each, MainScreen)), None)
            if main is not None:
                await main.voice.say_delayed()
            await self._engine.__aexit__(None, None, None)
        self._drafts.close()


def run(profile: Profile, device: DeviceFile, *, connect: bool = True) -> int:
    """Show the screen until it is left; the exit code."""
    app = HobnobApp(profile, device, connect=connect)
    app.run()
    return app.return_code or 0
