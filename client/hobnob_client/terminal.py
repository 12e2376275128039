"""The three streams of a verb: data to stdout, talk to stderr, and nothing that is not text.

Every text passes `term_safe` here, whether a terminal reads it or a pipe (DESIGN P5); JSON is ASCII
with everything else escaped.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from hobnob_client import term_safe

PATIENCE_SECONDS: Final = 1.0
"""Who waits longer is told what for."""


class Terminal:
    """Where a verb reads and writes. `as_json` is `--json`, `nerd_font` the setting, `began` when
    the verb did, on the clock that never goes back."""

    def __init__(
        self,
        given: TextIO,
        out: TextIO,
        talk: TextIO,
        *,
        as_json: bool = False,
        nerd_font: bool = False,
        began: float | None = None,
    ) -> None:
        self.given = given
        self._out = out
        self._talk = talk
        self.as_json = as_json
        self._nerd_font = nerd_font
        self._began = time.monotonic() if began is None else began
        self._line_open = False

    def show(self, record: Mapping[str, object], text: str) -> None:
        """One record of data: as JSON, or as this text for people, of one line or several."""
        if self.as_json:
            # Only programs pay for importing it.
            import json

            self._write(json.dumps(record, ensure_ascii=True, separators=(",", ":")))
        else:
            self._write(term_safe.body(text, nerd_font=self._nerd_font))

    def row(self, record: Mapping[str, object], cells: Sequence[str]) -> None:
        """The same as one line of columns with tabs between, each cell on that line."""
        if self.as_json:
            self.show(record, "")
        else:
            safe = (term_safe.line(cell, nerd_font=self._nerd_font) for cell in cells)
            self._write("\t".join(safe))

    def say(self, text: str) -> None:
        """A line of talk."""
        self._close_line()
        self._talk.write(term_safe.line(text, nerd_font=self._nerd_font) + "\n")
        self._talk.flush()

    def progress(self, text: str) -> None:
        """How far it is, once it takes longer than a second; only people look at it."""
        if time.monotonic() - self._began < PATIENCE_SECONDS or not self._talk.isatty():
            return
        # The carriage return is ours, and the one control a verb writes.
        self._talk.write("\r" + term_safe.line(text).ljust(60))
        self._talk.flush()
        self._line_open = True

    def ask(self, question: str) -> str | None:
        """A line from the person; None where nobody is there to ask."""
        if not self.given.isatty():
            return None
        self._talk.write(term_safe.line(question) + " ")
        self._talk.flush()
        return self.given.readline().strip()

    def _write(self, text: str) -> None:
        self._close_line()
        self._out.write(text + "\n")
        self._out.flush()

    def _close_line(self) -> None:
        if self._line_open:
            self._talk.write("\n")
            self._line_open = False
