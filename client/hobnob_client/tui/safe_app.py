"""What every screen of ours stands on: the barrier, calm ends, and a crash that tells no secrets.

Textual by itself leaves the terminal broken on SIGTERM and SIGHUP, spins when the terminal is gone,
prints local variables of a crash, colours in spite of NO_COLOR, and hides the real cursor that
braille displays and input methods need (clients.md §4.6). All five are mended here.
"""

import asyncio
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Final, cast

from rich.text import Text
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter
from textual.message_pump import MessagePump
from textual.notifications import Notify
from textual.signal import Signal
from textual.worker import WorkerFailed

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.config import Settings
from hobnob_client.first_light.standing import Standing
from hobnob_client.tui import barrier
from hobnob_client.tui.alt_digits import hear_as_keys
from hobnob_client.tui.barrier import draws_joined
from hobnob_client.tui.failing import words
from hobnob_client.tui.isolating import Isolation, may_reorder
from hobnob_client.tui.lasting_driver import LastingDriver
from hobnob_client.tui.look import theme_for, wants_few_colors
from hobnob_client.tui.themes import all_themes
from hobnob_client.tui.thrifty_app import ThriftyApp
from hobnob_protocol.errors import WorldError

STOPPED: Final = 130
"""Exit code when told to stop by a signal, as for Ctrl+C in a shell verb."""
TOLD_SECONDS: Final = 15
"""What went wrong takes longer to read than what was done."""
_SHOW_CURSOR: Final = "\x1b[?25h"
_AFTER_A_CRASH: Final = later(
    "hobnob: this is a bug of ours. What you have sent lies safe in your replica\n"
    "and goes on its way at the next start. Please report the lines above."
)


DEFAULTS: Final = Settings()


class SafeApp(ThriftyApp):
    """An app that nothing on the screen, and no end of it, can turn against its user."""

    def __init__(self, *, dark: bool = True, settings: Settings = DEFAULTS) -> None:
        """`dark` is the terminal's ground."""
        if not barrier.stands():
            raise SystemExit("hobnob: escape sequences would reach your terminal; not starting.")
        hear_as_keys()
        # Textual decides here, once, what NO_COLOR takes away: all of it only if colours are ANSI.
        super().__init__(ansi_color=True if wants_few_colors(os.environ) else None)
        for theme in all_themes():
            self.register_theme(theme)
        self.theme = theme_for(settings, os.environ, dark=dark)
        if self.driver_class is LinuxDriver:
            self.driver_class = LastingDriver
        self._barrier = barrier.Barrier(joins=draws_joined(os.environ))
        self._isolation = Isolation()
        self.standing: Standing | None = None
        """What the terminal shows when this begins; None where it is the shell's."""
        self.crashed = False
        """A bug has ended it."""
        self.stopped = False
        """A signal, or the end of its terminal, has ended it."""

    @property
    def is_telling(self) -> bool:
        """Does something stand over what is shown, for some seconds?"""
        return any(True for _ in self._notifications)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The barrier before all others; what we add to a line ourselves comes behind it."""
        isolation = [self._isolation] if may_reorder(os.environ) else []
        return [self._barrier, *isolation, *super().get_line_filters()]

    # Ends.

    def on_load(self) -> None:
        """Listen for signals."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)

    def stop(self) -> None:
        """End at once, as if asked to quit: the terminal is restored where there still is one."""
        self.stopped = True
        self.exit(return_code=STOPPED)

    def _handle_exception(self, error: Exception) -> None:
        """What is done beside the keys fails by itself alone where neither side is to blame."""
        failed = error.error if isinstance(error, WorkerFailed) else None
        if not isinstance(failed, WorldError):
            super()._handle_exception(error)
            return
        said = words(failed)
        # A disk that is full fails with every key that is kept: it is told once at a time.
        if all(told.message != said for told in self._notifications):
            self.notify(said, severity="error", markup=False, timeout=TOLD_SECONDS)

    def on_notify(self, event: Notify) -> None:
        """What is said again, as to a key that is held down, is seen once, and as long as anew."""
        said = event.notification.message
        for told in [told for told in self._notifications if told.message == said]:
            del self._notifications[told]

    def _fatal_error(self) -> None:
        """After a bug: what happened and where, without the values of any variable."""
        self.crashed = True
        self.bell()
        report = term_safe.body(traceback.format_exc())
        self._exit_renderables.append(
            Text(f"{report}\n{t(_AFTER_A_CRASH)}\n", no_wrap=True, overflow="ignore")
        )
        self._close_messages_no_wait()

    # The cursor.

    def on_ready(self) -> None:
        """Show the terminal's own cursor, which Textual moves to the caret with every frame; and
        watch for the end of the terminal itself."""
        driver = self._driver
        if driver is None or self.is_headless:
            return
        self._show_cursor()
        resumed = cast("Signal[App[None]]", self.app_resume_signal)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
        resumed.subscribe(self, lambda _: self._resume(), immediate=True)
        gone = partial(asyncio.get_running_loop().call_soon_threadsafe, self.stop)
        watch = partial(_when_gone, sys.stdin.fileno(), gone)
        Thread(target=watch, name="terminal-watch", daemon=True).start()

    def _show_cursor(self) -> None:
        if self._driver is not None:
            self._driver.write(_SHOW_CURSOR)
            self._driver.flush()

    def _resume(self) -> None:
        """Back from the shell, or from a program that had the terminal: Textual hides the cursor
        again, and knows nothing of what the terminal shows now."""
        self._show_cursor()
        self.come_back()


def app_of(node: MessagePump) -> App[None]:
    """The app a widget or a screen is in."""
    return cast("App[None]", node.app)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.


def _when_gone(fileno: int, act: Callable[[], object]) -> None:
    """Wait, without ever waking, until the terminal at `fileno` has hung up; then act."""
    poll = select.poll()
    poll.register(fileno, 0)  # A hang-up is told whatever one asks for.
    poll.poll()
    with suppress(RuntimeError):  # The loop has closed by itself meanwhile.
        act()
