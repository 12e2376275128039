"""A driver that ends though the terminal has gone before, and rests while nobody types.

Textual writes from a thread, which dies with the first write that fails; what is written after that
waits in a queue of thirty, and whoever leaves then waits for room in it, for ever, deaf to signals.
A terminal that goes also lets its programs continue, upon which Textual takes it once more: beside
itself, or after it had left it, and then never ends (Textual 8.2).
"""

import asyncio
import os
import signal
from io import TextIOWrapper
from typing import IO, Any, Final, cast

from textual.drivers.linux_driver import LinuxDriver

from hobnob_client.tui.key_reading import Ending, read_keys

_ENTER: Final = "\x1b[?1049h"
"""What Textual enters the other screen by."""


class LastingOutput:
    """A terminal's file that takes what is written after the terminal has gone, and drops it."""

    def __init__(self, file: IO[str]) -> None:
        self._file: Final = file
        self._gone = False

    def write(self, text: str) -> None:
        """Write as long as somebody is there to read."""
        if not self._gone:
            try:
                self._file.write(text)
            except OSError:
                self._gone = True

    def flush(self) -> None:
        """The same for what is held back."""
        if not self._gone:
            try:
                self._file.flush()
            except OSError:
                self._gone = True

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()


class LastingDriver(LinuxDriver):
    """Textual's own, with such a file, and with keys that are waited for."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves an app's type open.
        assert self._file is not None, "a terminal was there to begin in"
        self._file = cast("TextIOWrapper", LastingOutput(self._file))
        self._ending = Ending()
        self.exit_event = self._ending
        self._enters = True

    def start_application_mode(self) -> None:
        """Take the terminal; where a picture stands in it already, that stays till the first of
        the app's."""
        standing = getattr(self._app, "standing", None)
        self._enters = standing is None or not standing.stands
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's.
        before = None if standing is None else standing.hand_over()
        if before is not None:
            self.attrs_before = before

    def write(self, data: str) -> None:
        """To the terminal; to enter its other screen once more would empty that."""
        if data == _ENTER and not self._enters:
            self._enters = True
            return
        super().write(data)

    @property
    def _reads(self) -> bool:
        """Does it have the terminal?"""
        return self._key_thread is not None and self._key_thread.is_alive()

    def _sigtstp_application(self, *told: Any) -> None:
        """To the shell."""
        if self._reads:
            super()._sigtstp_application(*told)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *told: Any) -> None:
        """Back from the shell; or from a stop that nobody hears of, during which others may have
        had the terminal; or it has gone."""
        if self._must_signal_resume:
            super()._sigcont_application(*told)  # pyright: ignore[reportUnknownMemberType]  # As above.
        elif self._reads:
            # What a signal interrupts may be writing: not now.
            asyncio.get_running_loop().call_soon_threadsafe(self._take_again)

    def _take_again(self) -> None:
        if self._reads:
            self.suspend_application_mode()
            self._must_signal_resume = True
            self.resume_application_mode()

    def run_input_thread(self) -> None:
        """Hand on what is typed until input is left off."""
        read_keys(self.fileno, self._ending, self.process_message, debug=self._debug)
