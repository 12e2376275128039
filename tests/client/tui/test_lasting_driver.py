"""A terminal that goes takes nobody with it."""

import io
from typing import IO, cast

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from hobnob_client.tui.lasting_driver import LastingOutput


class Hung(io.StringIO):
    """A terminal that hangs up after the first text."""

    def write(self, text: str) -> int:
        """Fail from the second text on."""
        if self.getvalue():
            raise OSError(5, "Input/output error")
        return super().write(text)


def test_what_is_written_to_a_terminal_that_has_gone_keeps_nobody_waiting() -> None:
    """More than the queue of the writing thread takes; then the thread ends when told."""
    terminal = Hung()
    thread = WriterThread(cast("IO[str]", LastingOutput(terminal)))
    thread.start()
    for nth in range(MAX_QUEUED_WRITES * 3):
        thread.write(f"{nth} ")
    thread.stop()
    assert not thread.is_alive()
    assert terminal.getvalue() == "0 "


def test_a_terminal_that_is_there_gets_all() -> None:
    """In order."""
    terminal = io.StringIO()
    output = LastingOutput(terminal)
    output.write("one ")
    output.write("two")
    output.flush()
    assert terminal.getvalue() == "one two"
