"""What the hub tells its operator: one line an event, for eyes (key=value) or machines (JSON).

A line is an event's name and named plain values; bytes and `Secret` do not fit its types, and what
stands behind the `#` of a link is masked wherever it comes from. Text of others can hold anything:
nothing but printable ASCII leaves here.
"""

import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TextIO, TypeAlias

from hobnob_server.clock import Clock
from hobnob_server.secret import MASK

Value: TypeAlias = "str | int | float | bool | None"

LEVELS: Final = ("debug", "info", "warning", "error")
FORMATS: Final = ("text", "json")
FIELD_TEXT_MAX: Final = 500
"""Characters of one value: a log is no place for a flood."""

_LINK_SECRET: Final = re.compile(r"(hobnob://[^\s#]*#)[^\s\"']+")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.:/\[\]@+-]+")


class Log:
    """Writes lines of at least `level` to `out`."""

    def __init__(self, out: TextIO, clock: Clock, level: str = "info", form: str = "text") -> None:
        self._out = out
        self._clock = clock
        self._lowest = LEVELS.index(level)
        self._write: Callable[[dict[str, Value]], str] = _as_json if form == "json" else _as_text

    def debug(self, event: str, **fields: Value) -> None:
        """What only matters when hunting a fault."""
        self._line("debug", event, fields)

    def info(self, event: str, **fields: Value) -> None:
        """What happens in normal life."""
        self._line("info", event, fields)

    def warning(self, event: str, **fields: Value) -> None:
        """What an operator may want to act on."""
        self._line("warning", event, fields)

    def error(self, event: str, **fields: Value) -> None:
        """What an operator must act on."""
        self._line("error", event, fields)

    def _line(self, level: str, event: str, fields: dict[str, Value]) -> None:
        if LEVELS.index(level) < self._lowest:
            return
        moment = datetime.fromtimestamp(self._clock.wall_ms() / 1_000, UTC)
        line: dict[str, Value] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": level,
            "event": event,
        }
        line.update((name, _bounded(value)) for name, value in fields.items())
        self._out.write(self._write(line) + "\n")
        self._out.flush()


def _bounded(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    text = _LINK_SECRET.sub(rf"\1{MASK}", value)
    return text if len(text) <= FIELD_TEXT_MAX else text[:FIELD_TEXT_MAX] + "..."


def _as_json(line: dict[str, Value]) -> str:
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def _as_text(line: dict[str, Value]) -> str:
    return " ".join(f"{name}={_word(value)}" for name, value in line.items())


def _word(value: Value) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=True)


class _Relay(logging.Handler):
    """Libraries' warnings and errors, without their tracebacks: those may show values."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        tell = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        tell("library", source=record.name, message=record.getMessage(), error=kind)


def relay_library(name: str, log: Log) -> logging.Logger:
    """A logger for a library, whose warnings and errors become lines of `log`."""
    logger = logging.getLogger(name)
    logger.handlers = [_Relay(log)]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    return logger


def to_stderr(clock: Clock, level: str, form: str) -> Log:
    """The log of a running hub."""
    return Log(sys.stderr, clock, level, form)
