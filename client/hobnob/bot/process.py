"""A bot as a process: its profile, its signals, its end."""

import asyncio
import logging
import signal
import sys
import time
from contextlib import suppress

from hobnob.bot import identity
from hobnob.bot.bot import Bot
from hobnob.bot.handling import LOG
from hobnob.bot.limits import FLUSH_SECONDS
from hobnob.bot.running import Running
from hobnob_client import term_safe
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.lock import LinkLock
from hobnob_protocol.errors import HobnobError


class Harmless(logging.Formatter):
    """What people wrote may stand in an error's text: nothing of it reaches a terminal but text."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with its traceback, made safe to show."""
        return term_safe.body(super().format(record))


def run(bot: Bot) -> None:
    """Run `bot` to its end; SystemExit where that is no clean one."""
    if not logging.getLogger().handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(Harmless("%(levelname)s %(name)s: %(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
    try:
        ended_by = asyncio.run(serve(bot))
    except HobnobError as failed:
        print(term_safe.body(str(failed)), file=sys.stderr)
        code = failed.code if isinstance(failed, Failure) else Exit.FAILED
        raise SystemExit(int(code)) from None
    if ended_by == signal.SIGINT:
        raise SystemExit(int(Exit.INTERRUPTED))


async def serve(bot: Bot) -> int:
    """Run until a signal comes; which one."""
    profile, device = identity.load(bot.profile)
    only = LinkLock(profile.directory / "bot.lock")
    if not only.take():
        raise Failure(f"A bot with the profile {profile.directory} runs already.", Exit.USAGE)
    try:
        async with Engine(profile, device) as engine:
            LOG.info("%s is running", device.handle)
            running = asyncio.create_task(Running(bot, engine, _wall_ms).run())
            ended_by = await _until_signal(running)
            with suppress(TimeoutError):
                async with asyncio.timeout(FLUSH_SECONDS):
                    await engine.until(lambda progress: progress.settled)
            return ended_by
    finally:
        only.release()


async def _until_signal(running: "asyncio.Task[None]") -> int:
    """Wait for a signal, then end the task; what the task raises before ends the wait."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[int] = loop.create_future()

    def tell(number: int) -> None:
        if not told.done():
            told.set_result(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, tell, number)
    try:
        await asyncio.wait((running, told), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return await told
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
