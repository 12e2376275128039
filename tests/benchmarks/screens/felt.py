"""What is measured of each program: the same acts, timed from the key to the last byte painted."""

import os
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from tests.benchmarks.process import own_ns, rss_bytes
from tests.benchmarks.screens.program import COLUMNS, LINES, NARROW, Back, Program
from tests.benchmarks.screens.taped import Piece, Taped, last_text, shown, stood_at, taped

PER_SECOND: Final = 200
BETWEEN_KEYS_SECONDS: Final = 0.083
"""No divisor of what programs do at a fixed pace."""
LETTERS: Final = "qxzjqzxj"
"""Nobody else writes so."""
SURE_LETTERS: Final = 3
"""Fewer may stand somewhere else, too."""
FIELD_KEYS: Final = 24
"""After so many the field is emptied: it stays one line."""
MS: Final = 1e6
MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How often each act is measured."""

    acts: int = 20
    flood_keys: int = 240
    idle_seconds: float = 10.0


@dataclass(slots=True)
class Pressed:
    """A key: when it was pressed, all that stands in the field then, and when that was erased; 0
    where it was not."""

    at_ns: int
    typed: str
    erased_ns: int = 0


@dataclass(slots=True)
class Felt:
    """Milliseconds, megabytes and bytes; lists hold each single time it was measured."""

    start_ms: list[float] = field(default_factory=list[float])
    there_ms: list[float] = field(default_factory=list[float])
    start_cpu_ms: list[float] = field(default_factory=list[float])
    back_ms: list[float] = field(default_factory=list[float])
    """Until one reads where one left."""
    back_acted_ms: list[float] = field(default_factory=list[float])
    """Until a key that is pressed as soon as one reads there has acted, from the call on."""
    rss_mb: float | None = None
    rss_used_mb: float | None = None
    """After all that is measured here."""
    echo_ms: list[float] = field(default_factory=list[float])
    page_ms: list[float] = field(default_factory=list[float])
    page_bytes: list[float] = field(default_factory=list[float])
    switch_ms: list[float] = field(default_factory=list[float])
    hit_ms: list[float] = field(default_factory=list[float])
    reflow_ms: list[float] = field(default_factory=list[float])
    line_bytes: list[float] = field(default_factory=list[float])
    flood_cpu: float | None = None
    """Of one core, while messages come."""
    idle_bytes: float | None = None
    idle_cpu: float | None = None
    """Of one core."""


def felt(program: Program, rounds: int, sizes: Sizes) -> Felt:
    """All of it; `rounds` starts."""
    found = Felt()
    for _ in range(rounds):
        _start(program, found)
    if program.back is not None:
        _come_back(program, program.back, rounds, found)
    with _running(program) as run:
        program.settle(run)
        found.rss_mb = rss_bytes(run.pid) / MB
        _idle(run, found, sizes)
        say = program.speaker()
        if say is not None:
            _lines(run, found, say, sizes)
            _echo(program, run, found, say, sizes)
        _pages(program, run, found, sizes)
        _reflow(run, found, sizes)
        _switch(program, run, found, sizes)
        _find(program, run, found, sizes)
        found.rss_used_mb = rss_bytes(run.pid) / MB
    return found


def started(program: Program, rounds: int) -> Felt:
    """Of `rounds` starts alone, and the memory that one has taken."""
    found = Felt()
    for _ in range(rounds):
        _start(program, found)
    with _running(program) as run:
        program.settle(run)
        found.rss_mb = rss_bytes(run.pid) / MB
    return found


@contextmanager
def _running(program: Program) -> Generator[Taped]:
    with taped(program.command, program.environ, COLUMNS, LINES) as run:
        yield run


def _start(program: Program, found: Felt) -> None:
    """From the call until the text of a channel stands; who is shown something else first presses
    the key for it as soon as that stands."""
    with _running(program) as run:
        run.until(lambda: program.is_there(last_text(run, program.screen())))
        there_ns = stood_at(run.pieces, program.screen(), program.is_there)
        assert there_ns is not None, "it has just stood there"
        found.there_ms.append((there_ns - run.began_ns) / MS)
        if program.keys.open:
            run.type(program.keys.open)
        run.until(lambda: program.is_readable(last_text(run, program.screen())))
        found.start_cpu_ms.append(own_ns(run.pid) / MS)
        at_ns = stood_at(run.pieces, program.screen(), program.is_readable)
        assert at_ns is not None, "it has just stood there"
        found.start_ms.append((at_ns - run.began_ns) / MS)


def _come_back(program: Program, back: Back, rounds: int, found: Felt) -> None:
    """Left where one reads, and called again: until one reads there, and until a key has acted that
    is pressed as soon as one does."""
    environ = {**program.environ, **back.environ}
    for nth in range(rounds + 1):
        with taped(program.command, environ, COLUMNS, LINES) as run:
            if nth:
                _read_again(program, back, run, found)
            else:
                program.settle(run)
            run.type(back.end)
            run.silent()
            run.type(back.quit)
            run.until_gone()


def _read_again(program: Program, back: Back, run: Taped, found: Felt) -> None:
    run.until(lambda: program.is_readable(last_text(run, program.screen())))
    run.type(back.key)
    run.until(lambda: back.has_acted(last_text(run, program.screen())))
    for holds, into in (
        (program.is_readable, found.back_ms),
        (back.has_acted, found.back_acted_ms),
    ):
        at_ns = stood_at(run.pieces, program.screen(), holds)
        assert at_ns is not None, "it has just stood there"
        into.append((at_ns - run.began_ns) / MS)


def _idle(run: Taped, found: Felt, sizes: Sizes) -> None:
    run.silent(2.0)
    before = own_ns(run.pid)
    found.idle_bytes = run.listen(sizes.idle_seconds) / sizes.idle_seconds
    found.idle_cpu = (own_ns(run.pid) - before) / 1e9 / sizes.idle_seconds


def _lines(run: Taped, found: Felt, say: Callable[[], None], sizes: Sizes) -> None:
    """What one message more costs the line, while the end of the channel is looked at."""
    for _ in range(sizes.acts):
        since_ns = time.monotonic_ns()
        say()
        run.until(lambda since=since_ns: bool(run.wrote(since)))  # type: ignore[misc]
        run.silent()
        found.line_bytes.append(float(_count(run, since_ns)))


def _pages(program: Program, run: Taped, found: Felt, sizes: Sizes) -> None:
    for _ in range(sizes.acts):
        since_ns = run.type(program.keys.page_up)
        run.silent()
        _took(run, since_ns, found.page_ms)
        found.page_bytes.append(float(_count(run, since_ns)))


def _reflow(run: Taped, found: Felt, sizes: Sizes) -> None:
    for nth in range(sizes.acts):
        since_ns = run.resize(COLUMNS if nth % 2 else NARROW, LINES)
        run.silent()
        _took(run, since_ns, found.reflow_ms)


def _switch(program: Program, run: Taped, found: Felt, sizes: Sizes) -> None:
    if not program.keys.switch:
        return
    for _ in range(sizes.acts):
        since_ns = run.type(program.keys.switch)
        run.silent()
        _took(run, since_ns, found.switch_ms)


def _find(program: Program, run: Taped, found: Felt, sizes: Sizes) -> None:
    """Open a hit of a search in its place."""
    if not program.keys.find:
        return
    *to_the_hit, opens = program.keys.find
    for _ in range(sizes.acts // 2):
        for keys in to_the_hit:
            run.type(keys)
            run.silent()
        since_ns = run.type(opens)
        run.silent()
        _took(run, since_ns, found.hit_ms)


def _took(run: Taped, since_ns: int, into: list[float]) -> None:
    """Until the last byte; nothing where a key changed nothing."""
    wrote = run.wrote(since_ns)
    if wrote:
        into.append((wrote[-1].at_ns - since_ns) / MS)


def _count(run: Taped, since_ns: int) -> int:
    return sum(len(piece.data) for piece in run.wrote(since_ns))


def _echo(program: Program, run: Taped, found: Felt, say: Callable[[], None], sizes: Sizes) -> None:
    """Keys while others talk: until what one has typed stands in the field."""
    run.type(program.keys.write)
    run.silent()
    pressed: list[Pressed] = []
    typed = ""
    before_ns, used = time.monotonic_ns(), own_ns(run.pid)
    with _flood(say):
        for nth in range(sizes.flood_keys):
            if nth % FIELD_KEYS == 0:
                _erase(program, run, pressed)
                typed = ""
            letter = LETTERS[nth % len(LETTERS)]
            typed += letter
            at_ns = run.type(letter)
            if len(typed) >= SURE_LETTERS:
                pressed.append(Pressed(at_ns, typed))
            run.listen(BETWEEN_KEYS_SECONDS)
    found.flood_cpu = (own_ns(run.pid) - used) / (time.monotonic_ns() - before_ns)
    run.listen(1.0)
    _erase(program, run, pressed)
    run.type(program.keys.leave)
    run.silent(2.0)
    _judge(program, run, pressed, found.echo_ms)


def _erase(program: Program, run: Taped, pressed: Iterable[Pressed]) -> None:
    """What stands there goes, seen or not."""
    erased_ns = run.type(program.keys.erase)
    for each in pressed:
        each.erased_ns = each.erased_ns or erased_ns
    run.listen(0.3)


def _judge(program: Program, run: Taped, pressed: list[Pressed], into: list[float]) -> None:
    """The screen is gone through once, a key after the other."""
    into.extend(echoes_ms(shown(run.pieces, program.screen()), pressed))


def echoes_ms(shown: Iterable[tuple[Piece, str]], pressed: Iterable[Pressed]) -> Generator[float]:
    """How long each key took until it was seen; one that was erased before took as long as that, at
    least: those behind it do not wait until the same is written once more."""
    waiting = iter(pressed)
    key = next(waiting, None)
    for piece, text in shown:
        while key is not None and (
            (piece.at_ns >= key.at_ns and key.typed in text) or 0 < key.erased_ns <= piece.at_ns
        ):
            yield (piece.at_ns - key.at_ns) / MS
            key = next(waiting, None)


@contextmanager
def _flood(say: Callable[[], None]) -> Generator[None]:
    """Others talk at a fixed pace, beside it."""
    over = Event()

    def talk() -> None:
        due = time.monotonic()
        while not over.wait(max(0.0, due - time.monotonic())):
            say()
            due += 1 / PER_SECOND

    thread = Thread(target=talk, name=f"flood of {os.getpid()}")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
