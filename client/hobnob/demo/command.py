"""`hobnob demo`: a whole community on this machine in one command, gone when you leave it.

On a terminal it ends in the first screen; elsewhere it plays one scene and prints it.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from hobnob.demo.theatre import Seat, theatre
from hobnob_client import config, paths, term_safe
from hobnob_client.config import Loaded
from hobnob_client.engine import Engine
from hobnob_client.failures import Failure
from hobnob_protocol.ids import StreamId, target_of
from hobnob_protocol.kinds.messages import Post

QUESTION: Final = "My sqlite database says it is locked, although only one script writes. Any idea?"
CALL: Final = "!solved nginx websocket"
"""What a bot is there for."""
ANSWER_SECONDS: Final = 40.0
USABLE_SECONDS: Final = 60.0
ENDED_BY: Final = 128
"""A signal's number beyond this is how the shell tells who was ended by it."""
_END: Final = """\
The demo is over and all of it is gone: its hub, what was said, and settings that you changed in it.
Your own settings are as they were."""
_EXAMPLES: Final = """\
examples:
  hobnob demo                 the demo world, with members who answer you
  hobnob demo --still         nobody answers; look around in peace
  hobnob demo --from DIR      any archive in the interchange format
"""


def main(argv: Sequence[str]) -> int:
    """Do what the words say; the exit code."""
    parser = argparse.ArgumentParser(
        prog="hobnob demo",
        usage="hobnob demo [--still] [--from DIR]",
        description=_EXAMPLES
        + "\nA hub in a throw-away directory, with a community in it and you.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--still", action="store_true", help="let nobody answer")
    parser.add_argument("--from", dest="archive", type=Path, metavar="DIR", help="another archive")
    asked = parser.parse_args(argv)
    if asked.archive is not None and not _is_directory(asked.archive):
        parser.error(term_safe.line(f"there is no directory {asked.archive}"))
    on_terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    # Whoever has settings of their own sees the demo as they will see their hub.
    loaded = config.read(paths.config_file(os.environ, Path.home()), os.environ)
    if on_terminal:
        from hobnob_client.verbs.config import insist

        try:
            insist(loaded)
        except Failure as wrong:
            parser.exit(wrong.code, f"hobnob demo: {wrong}\n")
    ended: list[signal.Signals] = []
    try:
        return asyncio.run(
            _run(asked.archive, loaded, ended, still=asked.still, on_terminal=on_terminal)
        )
    except asyncio.CancelledError:
        return ENDED_BY + ended[0]


def _is_directory(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


async def _run(
    archive: Path | None,
    loaded: Loaded,
    ended: list[signal.Signals],
    *,
    still: bool,
    on_terminal: bool,
) -> int:
    """A demo from its beginning to its end; a signal that ends it is put into `ended`."""
    _end_by_signals(ended)
    async with theatre(archive, still=still) as seat:
        if not on_terminal:
            try:
                return await play(seat, answered=not still and archive is None)
            except TimeoutError:
                raise SystemExit("\n".join(("hobnob demo: nobody answers.", *told(seat)))) from None
        from hobnob_client.tui.loading import load_app

        its = borrowed(loaded, seat.profile.directory)
        code: int = await load_app().show(seat.profile, seat.device, its)
        fallen = told(seat)
    print("\n".join((_END, *fallen)), file=sys.stderr)
    return code


def told(seat: Seat) -> list[str]:
    """What of the demo has ended too early, for the terminal."""
    return [term_safe.line(each) for each in seat.fallen()]


def _end_by_signals(ended: list[signal.Signals]) -> None:
    """What asks us to end ends what we have started first. The screen has its own way."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def end(number: signal.Signals) -> None:
        if not ended:
            ended.append(number)
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)


def borrowed(loaded: Loaded, folder: Path) -> Loaded:
    """The same settings from a copy in `folder`: what one changes in the demo goes with it."""
    copy = folder / loaded.path.name
    with suppress(OSError):
        shutil.copyfile(loaded.path, copy)
    return replace(loaded, path=copy)


async def play(seat: Seat, *, answered: bool) -> int:
    """One scene without a screen: join, look around, ask, be answered, search; printed as it
    happens."""
    async with Engine(seat.profile, seat.device) as engine:
        async with asyncio.timeout(USABLE_SECONDS):
            await engine.until(lambda progress: progress.usable)
        channels = engine.reader.channels(counted=False)
        for line in channels:
            print(
                f"#{term_safe.line(line.channel.name):<16} {term_safe.line(line.channel.purpose)}"
            )
        chosen = next((line for line in channels if line.channel.name == "databases"), channels[0])
        stream = chosen.stream
        said = await engine.compose(stream, Post(QUESTION))
        root = target_of(said.event_id)
        print(f"\nyou, in #{chosen.channel.name}: {QUESTION}")
        if answered:
            await _answer(engine, stream, root)
            called = await engine.compose(stream, Post(CALL))
            print(f"\nyou: {CALL}")
            await _answer(engine, stream, target_of(called.event_id))
        hits = engine.reader.search("sqlite", 3)
        print(f"\nsearch: sqlite ({len(hits)} newest)")
        for hit in hits:
            print(f"  {term_safe.line(hit.text)[:100]}")
    return 0


async def _answer(engine: Engine, stream: StreamId, root: bytes) -> None:
    watch = engine.watch()
    async with asyncio.timeout(ANSWER_SECONDS):
        while True:
            page = engine.reader.before(stream, None, 10)
            for message in page.messages:
                if root in (message.thread, message.reply):
                    by = engine.reader.handle(message.account)
                    if engine.reader.role(message.account) == "bot":
                        by += " (bot)"
                    print(f"{by}: {term_safe.body(message.text)}")
                    return
            await watch.next()
