"""What an import tells: bad lines and how far it is on stderr, the sum of it on stdout."""

from dataclasses import dataclass, field
from typing import Final, TextIO

from hobnob_server.clock import Clock
from hobnob_server.interchange.sink import Origin
from hobnob_server.limits import PROBLEMS_SHOWN_MAX
from hobnob_server.printing import Answer, printable

_TERMINAL_MS: Final = 500
_PIPE_MS: Final = 5_000
"""How often a line of progress is due."""


@dataclass(slots=True)
class Counts:
    """Records of one file sort: added now, there already, bad."""

    added: int = 0
    present: int = 0
    bad: int = 0


@dataclass(slots=True)
class Report:
    """Counts and complaints of one run."""

    talk: TextIO
    clock: Clock
    members: Counts = field(default_factory=Counts)
    channels: Counts = field(default_factory=Counts)
    messages: Counts = field(default_factory=Counts)
    threads: int = 0
    stand_ins: int = 0
    events: int = 0
    total: int = 0
    """Lines of messages to read."""
    _problems: int = 0
    _lines: int = 0
    _begun_ms: int = 0
    _told_ms: int = 0

    @property
    def found(self) -> bool:
        """Was anything a record at all, new or there already?"""
        sorts = (self.members, self.channels, self.messages)
        return any(counts.added or counts.present for counts in sorts)

    def begin(self, total: int) -> None:
        """Messages are read from now on."""
        self.total = total
        self._begun_ms = self._told_ms = self.clock.monotonic_ms()

    def bad(self, counts: Counts, origin: Origin, why: str) -> None:
        """A line was skipped."""
        counts.bad += 1
        self._problems += 1
        if self._problems <= PROBLEMS_SHOWN_MAX:
            self._say(f"{origin.file}:{origin.line}: {why}")
        elif self._problems == PROBLEMS_SHOWN_MAX + 1:
            self._say("more bad lines are counted, not shown")

    def moved(self) -> None:
        """A line of messages was dealt with."""
        self._lines += 1
        if self._lines & 0xFF:
            return
        now_ms = self.clock.monotonic_ms()
        if now_ms - self._told_ms >= (_TERMINAL_MS if self.talk.isatty() else _PIPE_MS):
            self._told_ms = now_ms
            self._progress(now_ms)

    def _progress(self, now_ms: int) -> None:
        elapsed_ms = max(now_ms - self._begun_ms, 1)
        per_second = self._lines * 1_000 // elapsed_ms
        left_seconds = (self.total - self._lines) // max(per_second, 1)
        share = 100 * self._lines // max(self.total, 1)
        minutes, second = divmod(max(left_seconds, 0), 60)
        line = (
            f"{self._lines:,} of {self.total:,} messages, {share} %, "
            f"{per_second:,} a second, {minutes}:{second:02} left"
        )
        if self.talk.isatty():
            self.talk.write(f"\r\x1b[K{line}")
            self.talk.flush()
        else:
            self._say(line)

    def end(self) -> None:
        """Nothing more is read."""
        if self.talk.isatty():
            self.talk.write("\r\x1b[K")

    def _say(self, text: str) -> None:
        if self.talk.isatty():
            self.talk.write("\r\x1b[K")
        self.talk.write(f"{printable(text)}\n")
        self.talk.flush()

    def answer(self, source: str, *, dry: bool) -> Answer:
        """The sum."""
        elapsed_ms = max(self.clock.monotonic_ms() - self._begun_ms, 1)
        found: dict[str, object] = {"source": source, "dry_run": dry}
        for name, counts in (
            ("members", self.members),
            ("channels", self.channels),
            ("messages", self.messages),
        ):
            found[f"{name}_added"] = counts.added
            found[f"{name}_present"] = counts.present
            found[f"{name}_bad"] = counts.bad
        return {
            **found,
            "threads": self.threads,
            "stand_ins": self.stand_ins,
            "events_added": self.events,
            "seconds": elapsed_ms // 1_000,
            "messages_per_minute": self.messages.added * 60_000 // elapsed_ms,
        }
