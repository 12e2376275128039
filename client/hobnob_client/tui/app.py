"""The app: it opens the replica, shows the first screen, and lets go of everything at the end."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import Any, Final

from rich.text import Text
from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import Screen

from hobnob_client import heap, term_safe
from hobnob_client.catalogue import Clock, Language, chosen, keep_time, speak, t
from hobnob_client.collecting import collect_and_keep, collect_at_rest, collect_closed
from hobnob_client.config import Loaded, Settings
from hobnob_client.config.zone import zone_of
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit
from hobnob_client.first_light import kept
from hobnob_client.first_light.lighting import WHERE_LEFT, Light
from hobnob_client.first_light.picture import Picture
from hobnob_client.first_light.stamp import Seen, stamp
from hobnob_client.first_light.standing import Standing
from hobnob_client.keyring import DeviceFile
from hobnob_client.news import Watch
from hobnob_client.paths import Profile
from hobnob_client.presence import Where
from hobnob_client.private_keeping import LEAVING_SECONDS
from hobnob_client.sealing.forging import forge_apart
from hobnob_client.tui import left_off, rebinding
from hobnob_client.tui.calm import CALM_SECONDS, Calm
from hobnob_client.tui.failing import each_of, words
from hobnob_client.tui.ground import is_dark_here
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.last_picture import last_picture, lines
from hobnob_client.tui.lean_strip import spare_lines
from hobnob_client.tui.look import Look
from hobnob_client.tui.notifying.outward import Outward
from hobnob_client.tui.opening import start
from hobnob_client.tui.pressing import Pressing
from hobnob_client.tui.prose import reading as prose
from hobnob_client.tui.safe_app import SafeApp
from hobnob_client.tui.screens.beneath import Beneath
from hobnob_client.tui.screens.main import MainScreen
from hobnob_protocol.errors import HobnobError, WorldError
from hobnob_protocol.ids import user_stream

SWITCH_SECONDS: Final = 0.0005
"""After so long a thread that computes lets the screen go on. Each question to SQLite gives the
interpreter away; by default the screen waits 5 ms for it, once for each."""
STANDS_SECONDS: Final = 2.0
"""By then what a start makes is made, and nobody is in the middle of a word yet."""
REST_SECONDS: Final = 2.0
"""So long after the last key nobody is in the middle of anything."""
CLOSED_SECONDS: Final = 0.3
"""So long after the last key nobody is in the middle of a word, or looks at what it does."""
CLOSING_SECONDS: Final = 0.3
"""So long a hub may take its leave where a signal, or the terminal, has told us to stop."""


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
        dark: bool = True,
        zone: tzinfo | None = None,
        language: Language = Language.ENGLISH,
        loaded: Loaded | None = None,
        outward: Outward | None = None,
        today: date | None = None,
        leaving_seconds: float = LEAVING_SECONDS,
        greets: bool = False,
        stands: Callable[[], object] = lambda: None,
        rests: Callable[[], object] = lambda: None,
        closes: Callable[[], object] | None = None,
        calm_seconds: float = 0.0,
        standing: Standing | None = None,
    ) -> None:
        """`stands` is called once, when the screen has come to rest after its start, and `rests`
        now and then, when nobody presses keys; `closes` soon after a screen was closed, between
        two keys; what costs much waits until nobody has pressed a key for `calm_seconds`.
        `standing` is what the terminal shows already."""
        loaded = loaded or Loaded(profile.directory / "client.toml", Settings(), {})
        super().__init__(dark=dark, settings=loaded.settings)
        speak(language)
        keep_time(Clock(loaded.settings.clock))
        self._engine = Engine(profile, device, connect=False)
        self._connect = connect
        self._leaving_seconds = leaving_seconds
        self._greets = greets
        self._stands, self._rests, self._closes = stands, rests, closes
        self._pressing = Pressing()
        self._calm = Calm(self._pressing, calm_seconds)
        self._profile = profile
        self._hub = term_safe.line(device.host)
        self._today = today
        self._zone = zone or zone_of(loaded.settings.times)
        self._main: MainScreen | None = None
        self._dark, self.standing = dark, standing
        if standing is not None and standing.picture is not None:
            self.begin_upon(lines(standing.picture), standing.picture.columns)
        self._last: Picture | None = None
        self._since: Watch | None = None
        self.look = Look(self, loaded, os.environ, dark=dark, heed=self._be_here)
        self.look.apply()
        wanted = loaded.settings
        self._outward = outward or Outward(
            self._write, os.environ, start, notify=wanted.notify, preview=wanted.preview
        )

    def get_default_screen(self) -> Screen[None]:
        """The first screen waits for the replica."""
        return Beneath(id="_default")

    async def on_mount(self) -> None:
        """The replica is open before anything is drawn; the hub may come when it likes."""
        await self._engine.__aenter__()
        await self._wish(self.look.settings)
        notes = await self._engine.notes()
        today = self._today or datetime.now(self._zone).date()
        comes_back = self.look.settings.start == WHERE_LEFT
        self._main = MainScreen(
            self._engine,
            self._profile,
            self._hub,
            zone=self._zone,
            today=today,
            outward=self._outward,
            greets=self._greets,
            calm=self._calm,
            pressing=self._pressing,
            notes=notes,
            left=left_off.from_bytes(notes.get(left_off.NOTE, b""), today) if comes_back else None,
        )
        await self.push_screen(self._main)
        self.set_timer(STANDS_SECONDS, self._rest)
        # Nothing is drawn before this has ended.
        self.call_later(self._main.call_after_refresh, self._stand)

    def _stand(self) -> None:
        """What is there is read first, and the hub comes once nobody waits for that."""
        self._calm.stand()
        self.run_worker(self._prepare())
        if self._connect:
            self.run_worker(self._reach_hub())

    async def _reach_hub(self) -> None:
        await self._calm.come()
        self._engine.connect()

    async def _prepare(self) -> None:
        await self._calm.come()
        await asyncio.to_thread(prose.prepare)

    async def on_event(self, event: events.Event) -> None:
        """Whoever presses keys waits for what they do."""
        if isinstance(event, events.Key | events.Paste):
            self._pressing.hear()
        await super().on_event(event)

    def _rest(self) -> None:
        self._stands()
        self.set_interval(REST_SECONDS, self._rest_again)

    def _rest_again(self) -> None:
        if self._pressing.quiet_seconds >= REST_SECONDS:
            self.run_worker(self._let_go(), group="rest", exclusive=True)

    async def _let_go(self) -> None:
        with suppress(WorldError):
            await self._engine.rest()
        self._rests()

    def pop_screen(self) -> AwaitComplete:
        """What it was made of lies in circles, and is let go between two keys."""
        if self._closes is not None:
            self.run_worker(self._let_go_closed(self._closes), group="closed", exclusive=True)
        return super().pop_screen()

    async def _let_go_closed(self, let_go: Callable[[], object]) -> None:
        await self._pressing.pause(CLOSED_SECONDS)
        let_go()

    def get_key_display(self, binding: Binding) -> str:
        """How the footer calls a key."""
        return key_name(binding.key)

    def _be_here(self, settings: Settings) -> None:
        self.run_worker(self._wish(settings))

    async def _wish(self, settings: Settings) -> None:
        """Who is shown as here, and where it is told that one writes, holds at once."""
        await self._engine.presence.wish(shown=settings.shown, typing=Where(settings.typing))

    def action_help_quit(self) -> None:
        """Ctrl+C copies where one writes; who meant to leave is told how."""
        self.notify(t("Ctrl+Q leaves hobnob; unsent text is kept."), markup=False)

    def exit(self, result: Any = None, return_code: int = 0, message: Any = None) -> None:
        """Leave; what stands there is kept for the next start."""
        if self._main is not None and not self.is_headless and self._last is None:
            self._last = last_picture(self, self._main, self.look.settings)
            self._since = self._engine.watch()
        super().exit(result, return_code, message)

    def keep_picture(self) -> None:
        """Keep what stood there when it was left, now that the replica is closed; not where that
        has changed since, nor after a crash."""
        since, picture = self._since, self._last
        if self.crashed or picture is None or self._main is None or since is None:
            return
        if since.touches_more_than(user_stream(self._engine.reader.me)):
            return
        settings, size = self.look.settings, (picture.columns, len(picture.rows))
        seen = Seen(
            *(self._profile, self._engine.device, settings, os.environ),
            *(self._dark, size, self._main.today),
        )
        of_now = stamp(seen) if settings.start == WHERE_LEFT else None
        if of_now is not None:
            kept.keep(self._profile, picture, of_now)

    def _write(self, text: str) -> None:
        """To the terminal, as it is; nowhere where there is none."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(text)
            self._driver.flush()

    async def on_unmount(self) -> None:
        """However it ends: keep what was written, say what was delayed, hand on what
        was begun, then close."""
        rebinding.IN_FORCE.put({})
        if self._main is None:
            return
        self._outward.leave()
        last: list[Callable[[], Awaitable[None]]]
        last = [self._main.finish, self._main.voice.say_delayed]
        if not self.stopped:
            last.append(lambda: self._engine.private.share(self._leaving_seconds))
        try:
            await each_of(work() for work in last)
        except WorldError as failed:
            if not self.crashed:
                self._exit_renderables.append(Text(f"hobnob: {words(failed)}"))
                self._return_code = self._return_code or Exit.RETRY
        except HobnobError:
            # After a crash its report is what must be seen, not what fails behind it.
            if not self.crashed:
                raise
        finally:
            # All is on the disk. Whoever is told to stop waits for no hub to say goodbye.
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING_SECONDS if self.stopped else None):
                    await self._engine.__aexit__(None, None, None)


async def show(
    profile: Profile,
    device: DeviceFile,
    loaded: Loaded,
    *,
    connect: bool = True,
    greets: bool = False,
    light: Light | None = None,
) -> int:
    """Show the screen until it is left, as the settings, the shell and the terminal want it; the
    exit code. Whoever shows a screen shows it so. `light` is what is known of the terminal, and
    stands in it."""
    spoken = chosen(os.environ, loaded.settings.language)
    sys.setswitchinterval(SWITCH_SECONDS)
    terminal = sys.stdin.fileno(), sys.stdout.fileno()
    dark = is_dark_here(os.environ, *terminal) if light is None else light.dark
    heap.share()
    spare_lines()
    forge_apart()
    app = HobnobApp(
        profile,
        device,
        connect=connect,
        dark=dark,
        language=spoken,
        loaded=loaded,
        greets=greets,
        stands=collect_and_keep,
        rests=collect_at_rest,
        closes=collect_closed,
        calm_seconds=CALM_SECONDS,
        standing=None if light is None else light.standing,
    )
    await app.run_async(mouse=loaded.settings.mouse)
    app.keep_picture()
    return app.return_code or 0
